package io.hox.matrix;

import io.hox.HoxException;
import io.hox.zarr.Values;

/**
 * Reads features of a group from its feature-major copy: of each the cells that have an entry, by their row numbers, and
 * the values of the layers. Fetches the bytes of these features only. Thread-safe.
 *
 * <p>Row numbers come out ascending, each once: repeated entries of a cell are summed, stored zeros stay. What is too
 * large for memory is read in parts:
 *
 * <pre>{@code
 * for (int from = 0; from < reader.features(); ) {
 *     int to = reader.fit(from, entryBudget);
 *     ColumnBlock block = reader.read(from, to);
 *     from = to;
 * }
 * }</pre>
 */
public final class ColumnReader implements ColumnSource {

    private final ColumnCopy copy;
    private final ColumnRanges ranges;
    private final int[] visible;

    private ColumnReader(ColumnCopy copy, ColumnRanges ranges, int[] visible) {
        this.copy = copy;
        this.ranges = ranges;
        this.visible = visible;
    }

    /**
     * Looks up where the features lie.
     *
     * @param locals the features' local indices in the group, ascending, each once; given up by the caller
     * @param visible the row numbers of the cells to return, ascending; null = all that the copy holds
     * @throws HoxException when the copy is damaged
     */
    public static ColumnReader open(ColumnCopy copy, int[] locals, int[] visible) {
        return new ColumnReader(copy, ColumnRanges.read(copy, locals), visible);
    }

    @Override
    public int features() {
        return ranges.size();
    }

    /** Repeated entries and those of hidden cells are counted. */
    @Override
    public long entries(int feature) {
        return ranges.entries(feature);
    }

    @Override
    public ColumnBlock read(int from, int to) {
        int n = to - from;
        long[] starts = new long[n];
        long[] ends = new long[n];
        int[] offsets = new int[n + 1];
        long total = 0;
        int runs = 0;
        for (int f = 0; f < n; f++) {
            long start = ranges.start(from + f);
            total += ranges.entries(from + f);
            if (total > CellReader.MAX_ELEMENTS) {
                throw new HoxException("features of group '" + copy.group() + "' have more than "
                        + CellReader.MAX_ELEMENTS + " entries together: read fewer at a time");
            }
            offsets[f + 1] = (int) total;
            if (runs > 0 && ends[runs - 1] == start) {
                ends[runs - 1] = ranges.end(from + f);
            } else {
                starts[runs] = start;
                ends[runs++] = ranges.end(from + f);
            }
        }
        try (PendingColumns pending = new PendingColumns(copy, starts, ends, runs)) {
            Entries entries = new ColumnOrder(
                            pending.rows(), offsets, visible, position -> badRow(from, offsets, position))
                    .entries();
            Values[] layers = new Values[copy.columns().size()];
            for (int i = 0; i < layers.length; i++) {
                Values stored = pending.layer(i);
                layers[i] = stored == null
                        ? null
                        : EntryValues.of(stored, copy.columns().get(i), entries, errors(from, i));
            }
            return new ColumnBlock(entries.indices, entries.offsets, layers);
        }
    }

    private HoxException badRow(int from, int[] offsets, int position) {
        int f = 0;
        while (offsets[f + 1] <= position) {
            f++;
        }
        long element = ranges.start(from + f) + position - offsets[f];
        return ColumnCopy.damaged("array " + copy.indices().path() + " has the row number "
                + IndexValues.show(copy.indices(), element) + " at element " + element
                + ", more than a group can have rows");
    }

    private EntryValues.Errors errors(int from, int layer) {
        LayerColumn column = copy.columns().get(layer);
        return new EntryValues.Errors() {
            @Override
            public HoxException value(int feature, int row, String value) {
                return Misfit.value(cell(row), column, global(feature), value);
            }

            @Override
            public HoxException sum(int feature, int row) {
                return Misfit.sum(cell(row), column, global(feature));
            }

            private int global(int feature) {
                return copy.globalIndex(ranges.local(from + feature));
            }

            private String cell(int row) {
                return "The cell of row " + row + " in group '" + copy.group() + "'";
            }
        };
    }
}
