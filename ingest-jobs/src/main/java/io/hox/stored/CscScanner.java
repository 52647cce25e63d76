package io.hox.stored;

import io.hox.source.Matrix;
import io.hox.source.RowBlock;
import io.hox.source.RowNormaliser;
import io.hox.source.ValueArrays;
import io.hox.zarr.Values;
import java.util.Arrays;

/**
 * Reads a stored CSC matrix row by row: one pass counts the entries of every row, then each pass over the file
 * transposes as many rows as the memory budget holds.
 */
final class CscScanner extends SparseScanner {
    /** Bytes of indices and values that are held at once. */
    static final long DEFAULT_BUDGET = 256L << 20;

    private static final int PIECE = 1 << 16;

    private final long budget;
    private long[] columnOffsets;

    CscScanner(SparseMatrix matrix, long budget) {
        super(matrix);
        this.budget = budget;
    }

    @Override
    public CscScanner withMemory(long bytes) {
        return new CscScanner(matrix, bytes);
    }

    @Override
    public Matrix.Layout layout() {
        return Matrix.Layout.CSC;
    }

    @Override
    public boolean countEntries(long from, long to, int blockRows, long[] totals) {
        try (IndexReader indices = new IndexReader(matrix, matrix.rows())) {
            for (long at = from; at < to; at += PIECE) {
                int[] rows = indices.read(at, (int) Math.min(PIECE, to - at));
                for (int row : rows) {
                    totals[row / blockRows]++;
                }
            }
        }
        return true;
    }

    @Override
    public long scan(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        if (columnOffsets == null) {
            try (OffsetReader reader = matrix.offsets()) {
                columnOffsets = reader.read(0, matrix.columns());
            }
        }
        long[] offsets = rowOffsets((int) from, (int) to);
        long most = Math.min(Integer.MAX_VALUE - 8, Math.max(1, budget / (4 + type().bytes())));
        RowNormaliser normaliser = new RowNormaliser(matrix.group()::failure);
        int rows = offsets.length - 1;
        for (int row = 0; row < rows; ) {
            int next = RowWindows.next(offsets, row, rows, most);
            window((int) from, row, next, offsets, maxEntries, normaliser, consumer);
            row = next;
        }
        return normaliser.rows();
    }

    /** Offsets of the wanted rows in the transposed matrix, from one pass over the indices. */
    private long[] rowOffsets(int from, int to) {
        long[] offsets = new long[to - from + 1];
        try (IndexReader indices = new IndexReader(matrix, matrix.rows())) {
            long total = columnOffsets[columnOffsets.length - 1];
            for (long at = 0; at < total; at += PIECE) {
                int n = (int) Math.min(PIECE, total - at);
                int[] rows = indices.read(at, n);
                for (int i = 0; i < n; i++) {
                    if (rows[i] >= from && rows[i] < to) {
                        offsets[rows[i] - from + 1]++;
                    }
                }
            }
        }
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] += offsets[i - 1];
        }
        return offsets;
    }

    private void window(
            int from, int start, int end, long[] offsets, int most, RowNormaliser normaliser, RowBlock.Consumer to) {
        int n = RowWindows.entries(matrix, from, offsets, start, end);
        int[] columns = new int[n];
        Values values = Values.allocate(type(), n);
        transpose(from, start, end, offsets, columns, values);
        for (int row = start; row < end; ) {
            int next = RowWindows.next(offsets, row, end, most);
            int at = (int) (offsets[row] - offsets[start]);
            int[] indptr = indptr(offsets, row, next);
            int count = indptr[next - row];
            int[] indices = Arrays.copyOfRange(columns, at, at + count);
            Values block = ValueArrays.slice(values, at, count);
            to.accept(normaliser.normalise((long) from + row, indptr, indices, block));
            row = next;
        }
    }

    private void transpose(int from, int start, int end, long[] offsets, int[] columns, Values values) {
        int[] cursor = new int[end - start];
        for (int i = 0; i < cursor.length; i++) {
            cursor[i] = (int) (offsets[start + i] - offsets[start]);
        }
        int first = from + start;
        int[] targets = new int[PIECE];
        Values piece = Values.allocate(type(), PIECE);
        try (IndexReader indices = new IndexReader(matrix, matrix.rows());
                NumberReader data = matrix.data().numberReader()) {
            long total = columnOffsets[columnOffsets.length - 1];
            int column = 0;
            for (long at = 0; at < total; at += PIECE) {
                int n = (int) Math.min(PIECE, total - at);
                int[] rows = indices.read(at, n);
                data.read(at, n, piece, 0);
                for (int i = 0; i < n; i++) {
                    while (columnOffsets[column + 1] <= at + i) {
                        column++;
                    }
                    int row = rows[i] - first;
                    int target = row >= 0 && row < cursor.length ? cursor[row]++ : -1;
                    targets[i] = target;
                    if (target >= 0) {
                        columns[target] = column;
                    }
                }
                ValueArrays.scatter(piece, targets, n, values);
            }
        }
    }
}
