package io.hox.source;

import io.hox.zarr.DataType;

/** How one layout of a matrix is read, row block by row block. */
public interface MatrixScanner {
    Matrix.Layout layout();

    DataType type();

    long rows();

    int columns();

    long entries();

    /** Gives rows from..to as CSR; returns how many had to be sorted or had duplicates. */
    long scan(long from, long to, int maxEntries, RowBlock.Consumer consumer);

    /** Gives rows from..to whole. */
    void scanDense(long from, long to, int maxElements, DenseBlock.Consumer consumer);

    /** See {@link Matrix#offsets}. */
    default long[] offsets(long from, long to) {
        return null;
    }

    /** See {@link Matrix#countEntries}. */
    default boolean countEntries(long from, long to, int blockRows, long[] totals) {
        return false;
    }

    /** See {@link Matrix#splittable}. */
    default boolean splittable() {
        return true;
    }

    /** The same matrix, read with at most so much memory for values that wait for their turn. */
    default MatrixScanner withMemory(long bytes) {
        return this;
    }
}
