package io.hox.h5ad;

import io.hox.source.Matrix;
import io.hox.source.RowBlock;
import io.hox.zarr.Values;

/** Reads a stored CSR matrix in order: every chunk of indices and data is decoded once. */
final class CsrScanner extends SparseScanner {
    private long[] offsets;

    CsrScanner(SparseMatrix matrix) {
        super(matrix);
    }

    @Override
    public Matrix.Layout layout() {
        return Matrix.Layout.CSR;
    }

    @Override
    public long scan(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        if (offsets == null) {
            offsets = matrix.offsets();
        }
        RowNormaliser normaliser = new RowNormaliser(matrix);
        try (IndexReader indices = new IndexReader(matrix, matrix.columns());
                ArrayReader data = new ArrayReader(matrix.file(), matrix.data())) {
            int end = (int) to;
            for (int row = (int) from; row < end; ) {
                int next = RowWindows.next(offsets, row, end, maxEntries);
                int n = RowWindows.entries(matrix, offsets, row, next);
                int[] indptr = indptr(offsets, row, next);
                Values values = Values.allocate(data.type().type(), n);
                int[] columns = indices.read(offsets[row], n);
                data.read(offsets[row], n, values, 0);
                consumer.accept(normaliser.normalise(row, indptr, columns, values));
                row = next;
            }
        }
        return normaliser.rows();
    }
}
