package io.hox.stored;

import io.hox.zarr.Values;

/** Reads the indices of a sparse matrix as ints, whatever their stored width, and checks each. */
final class IndexReader implements AutoCloseable {
    private final SparseMatrix matrix;
    private final NumberReader reader;
    private final int limit;

    IndexReader(SparseMatrix matrix, int limit) {
        this.matrix = matrix;
        this.limit = limit;
        this.reader = matrix.indices().numberReader();
        if (reader.type().isFloat()) {
            throw matrix.indices().failure("holds fractions where indices are needed");
        }
    }

    int[] read(long from, int n) {
        Values stored = Values.allocate(reader.type(), n);
        reader.read(from, n, stored, 0);
        int[] indices;
        switch (stored.type()) {
            case INT32, UINT32 -> {
                indices = stored.ints();
                for (int i = 0; i < n; i++) {
                    // One comparison finds negative ones too.
                    if (Integer.compareUnsigned(indices[i], limit) >= 0) {
                        throw matrix.badIndex(Integers.at(stored, i), from + i, limit);
                    }
                }
            }
            default -> {
                indices = new int[n];
                for (int i = 0; i < n; i++) {
                    long index = Integers.at(stored, i);
                    if (index < 0 || index >= limit) {
                        throw matrix.badIndex(index, from + i, limit);
                    }
                    indices[i] = (int) index;
                }
            }
        }
        return indices;
    }

    @Override
    public void close() {
        reader.close();
    }
}
