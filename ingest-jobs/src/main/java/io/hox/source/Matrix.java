package io.hox.source;

import io.hox.HoxException;
import io.hox.zarr.DataType;

/**
 * A cells x features matrix of an open source. Scans stream: memory does not grow with the matrix, but for
 * {@code rows + 1} offsets. One scan at a time.
 */
public final class Matrix {
    /** How the file stores it. */
    public enum Layout {
        /** Sparse, cell by cell. */
        CSR,
        /** Sparse, feature by feature; scans transpose it in windows of rows and read it once per window. */
        CSC,
        /** Every value. */
        DENSE
    }

    private final String key;
    private final MatrixScanner scanner;

    public Matrix(String key, MatrixScanner scanner) {
        this.key = key;
        this.scanner = scanner;
    }

    public MatrixScanner scanner() {
        return scanner;
    }

    /** The name by which the file knows it: {@code X}, {@code layers/NAME} or {@code raw/X}. */
    public String key() {
        return key;
    }

    public Layout layout() {
        return scanner.layout();
    }

    /** The stored type; half-precision floats are given as {@link DataType#FLOAT32}. */
    public DataType type() {
        return scanner.type();
    }

    public long rows() {
        return scanner.rows();
    }

    public int columns() {
        return scanner.columns();
    }

    /** Stored entries, zeros among them; rows x columns for a dense matrix. */
    public long entries() {
        return scanner.entries();
    }

    /**
     * Gives all rows as CSR blocks. Unsorted and duplicate indices are normalised: sorted, duplicates summed in the
     * stored type (an integer sum that does not fit it is an error).
     *
     * @param maxEntries the most entries a block may hold; a longer single row still comes whole
     * @return how many rows had unsorted or duplicate indices
     */
    public long forEachRowBlock(int maxEntries, RowBlock.Consumer consumer) {
        return forEachRowBlock(0, rows(), maxEntries, consumer);
    }

    /** The same for the rows from {@code from} (included) to {@code to} (excluded). */
    public long forEachRowBlock(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        check(from, to, maxEntries);
        return from == to ? 0 : scanner.scan(from, to, maxEntries, consumer);
    }

    /**
     * Gives all rows whole, zeros included, whatever the layout.
     *
     * @param maxElements the most values a block may hold; a longer single row still comes whole
     */
    public void forEachDenseBlock(int maxElements, DenseBlock.Consumer consumer) {
        forEachDenseBlock(0, rows(), maxElements, consumer);
    }

    /** The same for the rows from {@code from} (included) to {@code to} (excluded). */
    public void forEachDenseBlock(long from, long to, int maxElements, DenseBlock.Consumer consumer) {
        check(from, to, maxElements);
        if (from < to) {
            scanner.scanDense(from, to, maxElements, consumer);
        }
    }

    private void check(long from, long to, int most) {
        if (from < 0 || to < from || to > rows() || most < 1) {
            throw new HoxException("Rows " + from + " to " + to + " in blocks of " + most + " entries were asked of '"
                    + key + "', which has " + rows() + " rows.");
        }
    }
}
