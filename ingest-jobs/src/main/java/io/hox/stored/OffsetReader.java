package io.hox.stored;

import io.hox.zarr.Values;

/** Reads the offsets of a sparse matrix range by range and checks that they never fall and end with the entries. */
final class OffsetReader implements AutoCloseable {
    private final SparseMatrix matrix;
    private final NumberReader reader;

    OffsetReader(SparseMatrix matrix) {
        this.matrix = matrix;
        this.reader = matrix.indptr().numberReader();
    }

    /** The offsets number {@code from} to {@code to}, both included. */
    long[] read(long from, long to) {
        Values stored = Values.allocate(reader.type(), Math.toIntExact(to - from + 1));
        reader.read(from, stored.length(), stored, 0);
        long[] offsets = new long[stored.length()];
        long last = 0;
        for (int i = 0; i < offsets.length; i++) {
            long offset = Integers.at(stored, i);
            if (offset < last || offset > matrix.entries() || from + i == 0 && offset != 0) {
                throw matrix.badOffset(offset, from + i, last);
            }
            offsets[i] = offset;
            last = offset;
        }
        return offsets;
    }

    @Override
    public void close() {
        reader.close();
    }
}
