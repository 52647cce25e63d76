package io.hox.source;

import io.hox.HoxException;
import io.hox.zarr.DataType;

/**
 * A cells x features matrix of an open source. Scans stream: memory does not grow with the matrix. One scan
 * at a time.
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

    /**
     * Where rows begin and end among the stored entries, read without the offsets of other rows.
     *
     * @return {@code to - from + 1} ascending numbers, the first one where row {@code from} begins, the last one where
     *     row {@code to - 1} ends; null where that is not stored, as in all layouts but CSR
     */
    public long[] offsets(long from, long to) {
        check(from, to, 1);
        return scanner.offsets(from, to);
    }

    /**
     * Counts stored entries by blocks of rows from a part of the entries, for layouts where they lie in another order
     * than the rows.
     *
     * @param from first entry, {@code to} the end of the entries to look at
     * @param blockRows rows per block
     * @param totals of each block, to add to
     * @return false where this is no shorter than scanning rows, as in all layouts but CSC; nothing is counted then
     */
    public boolean countEntries(long from, long to, int blockRows, long[] totals) {
        return scanner.countEntries(from, to, blockRows, totals);
    }

    /** Whether ranges of rows can be scanned without reading from the start: false for compressed text. */
    public boolean splittable() {
        return scanner.splittable();
    }

    /** The same matrix, read with at most so many bytes for values that wait for their turn, as those of CSC do. */
    public Matrix withMemory(long bytes) {
        return new Matrix(key, scanner.withMemory(bytes));
    }

    private void check(long from, long to, int most) {
        if (from < 0 || to < from || to > rows() || most < 1) {
            throw new HoxException("Rows " + from + " to " + to + " in blocks of " + most + " entries were asked of '"
                    + key + "', which has " + rows() + " rows.");
        }
    }
}
