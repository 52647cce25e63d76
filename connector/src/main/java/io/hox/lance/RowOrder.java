package io.hox.lance;

/**
 * A column by which rows are ordered: numbers and times by size, text by its bytes.
 *
 * @param column a top-level column
 * @param ascending smallest first
 * @param nullsFirst whether rows without a value come before all others, or after them
 */
public record RowOrder(String column, boolean ascending, boolean nullsFirst) {}
