package io.hox.index;

import io.hox.HoxException;
import io.hox.matrix.IndexValues;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrHierarchy;
import java.util.HashMap;
import java.util.Map;

/** Reads the entries of neighbouring cells of one group, into buffers that are used again. */
final class EntryReader {
    private final ZarrHierarchy zarr;
    private final Map<DataType, Values> buffers = new HashMap<>();
    private long[] starts = new long[0];
    private long[] ends = new long[0];
    private int cells;
    private int entries;

    EntryReader(ZarrHierarchy zarr) {
        this.zarr = zarr;
    }

    /** Goes to some cells of a portion, all of one group. */
    void select(CellPortion portion, int from, int to) {
        cells = to - from;
        if (starts.length < cells) {
            starts = new long[cells];
            ends = new long[cells];
        }
        long sum = 0;
        for (int i = 0; i < cells; i++) {
            starts[i] = portion.start(from + i);
            ends[i] = starts[i] + portion.length(from + i);
            sum += portion.length(from + i);
        }
        entries = Math.toIntExact(sum);
    }

    /** Entries of the cells. */
    int entries() {
        return entries;
    }

    /**
     * The cells' feature indices, the caller's until the next call.
     *
     * @throws HoxException when one is not below {@code features}
     */
    int[] indices(String path, int features) {
        Values values = read(path, null);
        int[] indices = values.type().kind() == DataType.Kind.INTS ? values.ints() : IndexValues.toInts(values);
        for (int i = 0; i < entries; i++) {
            if (Integer.compareUnsigned(indices[i], features) >= 0) {
                throw new HoxException("its array " + path + " has the feature index "
                        + Integer.toUnsignedString(indices[i]) + ", its layout has " + features + " features");
            }
        }
        return indices;
    }

    /** The cells' values of a layer, the caller's until the next call. */
    Values layer(LayerCopy layer) {
        return read(layer.from(), layer.type());
    }

    private Values read(String path, DataType expected) {
        ZarrArray array = zarr.array(path);
        if (expected != null && array.type() != expected) {
            throw new HoxException("its array " + path + " was replaced while it was copied");
        }
        Values values = buffers.get(array.type());
        if (values == null || values.length() < entries) {
            values = Values.allocate(array.type(), entries);
            buffers.put(array.type(), values);
        }
        array.readRanges(starts, ends, cells, values, 0);
        return values;
    }
}
