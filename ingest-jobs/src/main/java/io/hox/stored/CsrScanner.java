package io.hox.stored;

import io.hox.source.Matrix;
import io.hox.source.RowBlock;
import io.hox.source.RowNormaliser;
import io.hox.zarr.Values;

/** Reads a stored CSR matrix in order: every chunk of indices and data is decoded once. */
final class CsrScanner extends SparseScanner {
    /** Offsets that are held at once. */
    private static final int WINDOW = 1 << 16;

    CsrScanner(SparseMatrix matrix) {
        super(matrix);
    }

    @Override
    public Matrix.Layout layout() {
        return Matrix.Layout.CSR;
    }

    @Override
    public long[] offsets(long from, long to) {
        try (OffsetReader reader = matrix.offsets()) {
            return reader.read(from, to);
        }
    }

    @Override
    public long scan(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        RowNormaliser normaliser = new RowNormaliser(matrix.group()::failure);
        try (OffsetReader reader = matrix.offsets();
                IndexReader indices = new IndexReader(matrix, matrix.columns());
                NumberReader data = matrix.data().numberReader()) {
            for (long first = from; first < to; ) {
                long end = Math.min(to, first + WINDOW);
                long[] offsets = reader.read(first, end);
                int rows = (int) (end - first);
                for (int row = 0; row < rows; ) {
                    int next = RowWindows.next(offsets, row, rows, maxEntries);
                    int n = RowWindows.entries(matrix, first, offsets, row, next);
                    int[] indptr = indptr(offsets, row, next);
                    Values values = Values.allocate(data.type(), n);
                    int[] columns = indices.read(offsets[row], n);
                    data.read(offsets[row], n, values, 0);
                    consumer.accept(normaliser.normalise(first + row, indptr, columns, values));
                    row = next;
                }
                first = end;
            }
        }
        return normaliser.rows();
    }
}
