package io.hox.index;

import java.io.Serializable;

/**
 * Consecutive rows of a cell table, and one of its pointer columns.
 *
 * @param source number of the pointer column among those of the job
 * @param fragment the table's fragment
 * @param offset rows of the fragment before the slice
 * @param rows how many there are
 */
record Slice(int source, int fragment, long offset, long rows) implements Serializable {}
