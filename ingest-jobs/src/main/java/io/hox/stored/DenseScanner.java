package io.hox.stored;

import io.hox.source.DenseBlock;
import io.hox.source.Matrix;
import io.hox.source.MatrixScanner;
import io.hox.source.RowBlock;
import io.hox.source.ValueArrays;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.Arrays;

/** Reads a stored dense matrix, whole or without its zeros. */
public final class DenseScanner implements MatrixScanner {
    private static final long DEFAULT_MEMORY = 256L << 20;

    private final StoredArray array;
    private final int rows;
    private final int columns;
    private final DataType type;
    private final long memory;

    /** @param array of two dimensions, {@code rows} and {@code columns}, as the caller has checked */
    public DenseScanner(StoredArray array, int rows, int columns) {
        this(array, rows, columns, DEFAULT_MEMORY);
    }

    private DenseScanner(StoredArray array, int rows, int columns, long memory) {
        this.array = array;
        this.memory = memory;
        this.rows = rows;
        this.columns = columns;
        this.type = array.numberType();
    }

    @Override
    public Matrix.Layout layout() {
        return Matrix.Layout.DENSE;
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public long entries() {
        return (long) rows * columns;
    }

    @Override
    public DenseScanner withMemory(long bytes) {
        return new DenseScanner(array, rows, columns, bytes);
    }

    @Override
    public void scanDense(long from, long to, int maxElements, DenseBlock.Consumer consumer) {
        int most = Math.max(1, maxElements / Math.max(1, columns));
        try (RowReader reader = array.rowReader(memory)) {
            for (long row = from; row < to; row += most) {
                int n = (int) Math.min(most, to - row);
                consumer.accept(new DenseBlock(row, n, columns, reader.read(row, n)));
            }
        }
    }

    /** Zeros are dropped, so a block usually holds fewer entries than it may. */
    @Override
    public long scan(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        scanDense(from, to, maxEntries, dense -> consumer.accept(sparse(dense)));
        return 0;
    }

    private static RowBlock sparse(DenseBlock dense) {
        Values all = dense.values();
        int total = all.length();
        int[] indptr = new int[dense.rows() + 1];
        int[] indices = new int[total];
        int[] targets = new int[total];
        int kept = 0;
        int at = 0;
        for (int row = 0; row < dense.rows(); row++) {
            for (int column = 0; column < dense.columns(); column++, at++) {
                if (ValueArrays.isZero(all, at)) {
                    targets[at] = -1;
                } else {
                    indices[kept] = column;
                    targets[at] = kept++;
                }
            }
            indptr[row + 1] = kept;
        }
        Values values = Values.allocate(all.type(), kept);
        ValueArrays.scatter(all, targets, total, values);
        return new RowBlock(dense.firstRow(), dense.rows(), indptr, Arrays.copyOf(indices, kept), values);
    }
}
