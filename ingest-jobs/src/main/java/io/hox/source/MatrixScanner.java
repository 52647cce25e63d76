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
}
