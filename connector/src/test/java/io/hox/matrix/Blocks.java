package io.hox.matrix;

import io.hox.zarr.Values;
import java.util.Map;
import java.util.TreeMap;

/** Blocks as tests compare them. */
final class Blocks {

    private Blocks() {}

    /** The entries of a row: global index to value; a missing layer gives null. */
    static Map<Integer, Number> row(CellBlock block, int row, int layer) {
        if (!hasLayer(block, layer, row)) {
            return null;
        }
        Segment segment = block.segment(block.segmentOf(row));
        Map<Integer, Number> entries = new TreeMap<>();
        for (int i = 0; i < block.length(row); i++) {
            int index = segment.indices()[block.indexOffset(row) + i];
            if (entries.put(index, value(segment.layer(layer), block.valueOffset(row) + i)) != null) {
                throw new AssertionError("index " + index + " twice in row " + row);
            }
        }
        return entries;
    }

    static boolean isPresent(CellBlock block, int row) {
        return block.segmentOf(row) >= 0;
    }

    static boolean hasLayer(CellBlock block, int layer, int row) {
        return isPresent(block, row) && block.segment(block.segmentOf(row)).layer(layer) != null;
    }

    /** The indices of a row in their order. */
    static int[] indices(CellBlock block, int row) {
        int[] indices = new int[block.length(row)];
        if (isPresent(block, row)) {
            System.arraycopy(
                    block.segment(block.segmentOf(row)).indices(), block.indexOffset(row), indices, 0, indices.length);
        }
        return indices;
    }

    /** Integers as Long, floats as Double. */
    static Number value(Values values, int i) {
        return switch (values.type()) {
            case BOOL, INT8 -> (long) values.bytes()[i];
            case INT16 -> (long) values.shorts()[i];
            case INT32 -> (long) values.ints()[i];
            case INT64 -> values.longs()[i];
            case FLOAT32 -> (double) values.floats()[i];
            case FLOAT64 -> values.doubles()[i];
            default -> throw new AssertionError("a column of " + values.type());
        };
    }
}
