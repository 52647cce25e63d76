package io.hox.index;

import io.hox.HoxException;
import io.hox.matrix.IndexValues;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrHierarchy;
import java.util.EnumMap;
import java.util.Map;

/** Reads the entries of neighbouring cells of one group, into buffers that are used again. */
final class EntryReader {
    private final ZarrHierarchy zarr;
    private final Map<DataType, Values> indexBuffers = new EnumMap<>(DataType.class);
    private final Map<DataType, Values> layerBuffers = new EnumMap<>(DataType.class);
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
     * The cells' feature indices, the caller's until the next ones are read.
     *
     * @throws HoxException when one is not below {@code features}
     */
    int[] indices(String path, int features) {
        Values values = read(zarr.array(path), indexBuffers);
        int[] indices = values.type().kind() == DataType.Kind.INTS ? values.ints() : IndexValues.toInts(values);
        for (int i = 0; i < entries; i++) {
            if (Integer.compareUnsigned(indices[i], features) >= 0) {
                throw new HoxException("its array " + path + " has the feature index "
                        + Integer.toUnsignedString(indices[i]) + ", its layout has " + features + " features");
            }
        }
        return indices;
    }

    /** The cells' values of a layer, the caller's until the next layer is read. */
    Values layer(LayerCopy layer) {
        ZarrArray array = zarr.array(layer.from());
        if (array.type() != layer.type()) {
            throw new HoxException("its array " + layer.from() + " was replaced while it was copied");
        }
        return read(array, layerBuffers);
    }

    private Values read(ZarrArray array, Map<DataType, Values> buffers) {
        Values values = buffers.get(array.type());
        if (values == null || values.length() < entries) {
            values = Values.allocate(array.type(), entries);
            buffers.put(array.type(), values);
        }
        array.readRanges(starts, ends, cells, values, 0);
        return values;
    }
}
