package io.hox.anndata;

import io.hox.stored.NumberReader;
import io.hox.stored.StoredArray;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/** Reads which values of a nullable column are missing. */
final class Mask {
    private final StoredArray array;
    private NumberReader reader;

    Mask(StoredArray array) {
        this.array = array;
        DataType type = array.type();
        if (type == null || type.bytes() != 1) {
            throw array.failure("is no mask of the values beside it");
        }
    }

    boolean[] read(int from, int to) {
        if (reader == null) {
            reader = array.numberReader();
        }
        Values stored = Values.allocate(reader.type(), to - from);
        reader.read(from, to - from, stored, 0);
        byte[] bytes = stored.bytes();
        boolean[] missing = new boolean[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            missing[i] = bytes[i] != 0;
        }
        return missing;
    }
}
