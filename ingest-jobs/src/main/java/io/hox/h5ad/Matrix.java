package io.hox.h5ad;

import io.hox.zarr.DataType;

/** A cells x features matrix of an open h5ad file. Scans stream; memory does not grow with the matrix. */
public final class Matrix {
    /** How the file stores it. */
    public enum Layout {
        CSR,
        CSC,
        DENSE
    }

    private Matrix() {}

    public String key() {
        throw new UnsupportedOperationException();
    }

    public Layout layout() {
        throw new UnsupportedOperationException();
    }

    /** The stored type; half-precision floats are given as {@link DataType#FLOAT32}. */
    public DataType type() {
        throw new UnsupportedOperationException();
    }

    public long rows() {
        throw new UnsupportedOperationException();
    }

    public int columns() {
        throw new UnsupportedOperationException();
    }

    /** Stored entries, zeros among them; rows x columns for a dense matrix. */
    public long entries() {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives all rows as CSR blocks. Unsorted and duplicate indices are normalised: sorted, duplicates summed in the
     * stored type.
     *
     * @param maxEntries the most entries a block may hold; a longer single row still comes whole
     * @return how many rows had unsorted or duplicate indices
     */
    public long forEachRowBlock(int maxEntries, RowBlock.Consumer consumer) {
        return forEachRowBlock(0, rows(), maxEntries, consumer);
    }

    /** As {@link #forEachRowBlock(int, RowBlock.Consumer)} for the rows from {@code from} (included) to {@code to} (excluded). */
    public long forEachRowBlock(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives all rows whole, zeros included, whatever the layout.
     *
     * @param maxElements the most values a block may hold; a longer single row still comes whole
     */
    public void forEachDenseBlock(int maxElements, DenseBlock.Consumer consumer) {
        forEachDenseBlock(0, rows(), maxElements, consumer);
    }

    /** As {@link #forEachDenseBlock(int, DenseBlock.Consumer)} for the rows from {@code from} (included) to {@code to} (excluded). */
    public void forEachDenseBlock(long from, long to, int maxElements, DenseBlock.Consumer consumer) {
        throw new UnsupportedOperationException();
    }
}
