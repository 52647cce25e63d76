package io.hox.matrix;

import io.hox.HoxException;
import io.hox.zarr.Values;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Features of a group that has no feature-major copy, collected from the rows of its cells: the rows are read once to
 * count, and once again for every block. Holds the cells' places, one block of rows and the block of features.
 */
public final class TransposedColumns implements ColumnSource {
    private static final long ROW_BUDGET = 2L << 20;
    /** Where global indices reach further, they are searched for. */
    private static final int MAX_TABLE = 1 << 22;

    private final Function<FeatureAxis, GroupReaders> readers;
    private final Function<FeatureAxis, GroupReaders> counters;
    private final GroupCells cells;
    private final CellPointers pointers;
    private final int[] globals;
    private final List<LayerColumn> layers;
    private long[] entries;

    /**
     * @param readers reads rows of the group with all layers
     * @param counters reads them without layers
     * @param globals the global indices of the features, in the order in which they are returned; each once
     */
    public TransposedColumns(
            Function<FeatureAxis, GroupReaders> readers,
            Function<FeatureAxis, GroupReaders> counters,
            GroupCells cells,
            List<LayerColumn> layers,
            int[] globals) {
        this.readers = readers;
        this.counters = counters;
        this.cells = cells;
        this.pointers = cells.pointers();
        this.globals = globals;
        this.layers = List.copyOf(layers);
    }

    @Override
    public int features() {
        return globals.length;
    }

    @Override
    public long entries(int feature) {
        if (entries == null) {
            entries = count();
        }
        return entries[feature];
    }

    private long[] count() {
        long[] counts = new long[globals.length];
        Positions positions = new Positions(globals, 0, globals.length);
        eachBlock(counters.apply(FeatureAxis.pinned(globals)), (block, first) -> {
            Segment segment = block.segment(0);
            for (int row = 0; row < block.rows(); row++) {
                int end = block.indexOffset(row) + block.length(row);
                for (int i = block.indexOffset(row); i < end; i++) {
                    counts[positions.of(segment.indices()[i])]++;
                }
            }
        });
        return counts;
    }

    @Override
    public ColumnBlock read(int from, int to) {
        int[] offsets = new int[to - from + 1];
        long total = 0;
        for (int f = from; f < to; f++) {
            total += entries(f);
            if (total > CellReader.MAX_ELEMENTS) {
                throw new HoxException("features have more than " + CellReader.MAX_ELEMENTS
                        + " entries together: read fewer at a time");
            }
            offsets[f - from + 1] = (int) total;
        }
        int[] rows = new int[(int) total];
        Values[] values = new Values[layers.size()];
        int[] next = Arrays.copyOf(offsets, to - from);
        Positions positions = new Positions(globals, from, to);
        int[] wanted = Arrays.copyOfRange(globals, from, to);
        eachBlock(readers.apply(FeatureAxis.pinned(wanted)), (block, first) -> {
            int[] target = new int[(int) block.entries()];
            int n = 0;
            Segment segment = block.segment(0);
            for (int row = 0; row < block.rows(); row++) {
                int end = block.indexOffset(row) + block.length(row);
                for (int i = block.indexOffset(row); i < end; i++) {
                    int at = next[positions.of(segment.indices()[i])]++;
                    rows[at] = cells.rows()[first + row];
                    target[n++] = at;
                }
            }
            for (int layer = 0; layer < values.length; layer++) {
                if (segment.layer(layer) != null) {
                    if (values[layer] == null) {
                        values[layer] = Values.allocate(layers.get(layer).type(), rows.length);
                    }
                    // The rows of a sparse segment follow one another.
                    Gather.scatter(segment.layer(layer), block.valueOffset(0), target, n, values[layer]);
                }
            }
        });
        return new ColumnBlock(rows, offsets, values);
    }

    private interface Consumer {
        void accept(CellBlock block, int first);
    }

    private void eachBlock(GroupReaders groups, Consumer consumer) {
        CellReader reader = groups.cells();
        for (int from = 0; from < pointers.rows(); ) {
            int to = reader.fit(pointers, from, ROW_BUDGET);
            CellBlock block = reader.read(pointers, from, to);
            consumer.accept(block, from);
            reader.reuse(block);
            from = to;
        }
    }

    /** Where a feature stands among those of a block, by its global index. */
    private static final class Positions {
        private final int[] table;
        private final int[] sorted;
        private final int[] places;

        Positions(int[] globals, int from, int to) {
            int last = -1;
            for (int i = from; i < to; i++) {
                last = Math.max(last, globals[i]);
            }
            boolean small = last < MAX_TABLE;
            table = small ? new int[last + 1] : null;
            sorted = small ? null : Arrays.copyOfRange(globals, from, to);
            places = small ? null : new int[to - from];
            if (!small) {
                Arrays.sort(sorted);
            }
            for (int i = from; i < to; i++) {
                if (small) {
                    table[globals[i]] = i - from;
                } else {
                    places[Arrays.binarySearch(sorted, globals[i])] = i - from;
                }
            }
        }

        int of(int global) {
            return table != null ? table[global] : places[Arrays.binarySearch(sorted, global)];
        }
    }
}
