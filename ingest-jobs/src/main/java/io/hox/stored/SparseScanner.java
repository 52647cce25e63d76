package io.hox.stored;

import io.hox.source.DenseBlock;
import io.hox.source.MatrixScanner;
import io.hox.source.SparseToDense;
import io.hox.zarr.DataType;

/** What reading a stored sparse matrix has in common, whichever way it lies. */
abstract class SparseScanner implements MatrixScanner {
    final SparseMatrix matrix;

    SparseScanner(SparseMatrix matrix) {
        this.matrix = matrix;
    }

    @Override
    public final DataType type() {
        return matrix.type();
    }

    @Override
    public final long rows() {
        return matrix.rows();
    }

    @Override
    public final int columns() {
        return matrix.columns();
    }

    @Override
    public final long entries() {
        return matrix.entries();
    }

    @Override
    public final void scanDense(long from, long to, int maxElements, DenseBlock.Consumer consumer) {
        SparseToDense.scan(this, from, to, maxElements, consumer);
    }

    /** Offsets of rows {@code start..end} relative to the first of them. */
    static int[] indptr(long[] offsets, int start, int end) {
        int[] indptr = new int[end - start + 1];
        for (int i = 0; i < indptr.length; i++) {
            indptr[i] = (int) (offsets[start + i] - offsets[start]);
        }
        return indptr;
    }
}
