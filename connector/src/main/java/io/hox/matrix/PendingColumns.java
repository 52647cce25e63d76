package io.hox.matrix;

import io.hox.zarr.PendingRead;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;
import java.util.ArrayList;
import java.util.List;

/** Entries of a feature-major copy whose row numbers and layers are on their way together. Each can be asked for once. */
final class PendingColumns implements AutoCloseable {

    private final List<PendingRead> started = new ArrayList<>();
    private final PendingRead indices;
    private final PendingRead[] layers;

    /** Starts to read the element ranges of all arrays. */
    PendingColumns(ColumnCopy copy, long[] starts, long[] ends, int n) {
        layers = new PendingRead[copy.columns().size()];
        boolean complete = false;
        try {
            indices = start(copy.indices(), starts, ends, n);
            for (int i = 0; i < layers.length; i++) {
                layers[i] = copy.layer(i) == null ? null : start(copy.layer(i), starts, ends, n);
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private PendingRead start(ZarrArray array, long[] starts, long[] ends, int n) {
        PendingRead read = array.startRanges(starts, ends, n);
        started.add(read);
        return read;
    }

    /** The row numbers; those that no cell can have are negative. */
    int[] rows() {
        Values rows = indices.get();
        return switch (rows.type()) {
            case UINT32, INT32 -> rows.ints();
            default -> IndexValues.toInts(rows);
        };
    }

    /** The stored values of a requested layer; null where the copy lacks it. */
    Values layer(int layer) {
        return layers[layer] == null ? null : layers[layer].get();
    }

    @Override
    public void close() {
        started.forEach(PendingRead::close);
    }
}
