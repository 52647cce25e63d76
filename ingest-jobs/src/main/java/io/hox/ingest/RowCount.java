package io.hox.ingest;

import java.io.Serializable;

/**
 * Entries by blocks of rows.
 *
 * @param firstBlock number of the first block that was counted
 * @param totals entries of each block from there on
 * @param normalisedRows rows whose indices were unsorted or repeated, as far as that was looked at
 */
record RowCount(int firstBlock, long[] totals, long normalisedRows) implements Serializable {}
