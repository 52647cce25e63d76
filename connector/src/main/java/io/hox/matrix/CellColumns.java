package io.hox.matrix;

import io.hox.zarr.Values;
import java.util.Arrays;

/**
 * The entries of some features of a group, turned from the feature-major copy to lie cell by cell: what a read of few
 * features needs of the group. Immutable; shared by tasks. Values keep the type that they are stored with, so that one
 * which does not fit its column is an error of the cell that has it, and of no other.
 */
final class CellColumns {

    /** Cells of a group beyond this number are read from their rows; so no stored number can ask for more memory. */
    static final int MAX_ROWS = 1 << 24;

    private final int[] offsets;
    private final int[] indices;
    private final Values[] layers;
    private final boolean repeats;
    private final long bytes;

    private CellColumns(int[] offsets, int[] indices, Values[] layers, boolean repeats) {
        this.offsets = offsets;
        this.indices = indices;
        this.layers = layers;
        this.repeats = repeats;
        long total = 4L * (offsets.length + indices.length);
        for (Values layer : layers) {
            total += layer == null ? 0 : (long) layer.length() * layer.type().bytes();
        }
        this.bytes = total;
    }

    /** Memory that the columns of so many cells and entries take. */
    static long bytes(long rows, long entries, ColumnCopy copy) {
        long perEntry = Integer.BYTES;
        for (int i = 0; i < copy.columns().size(); i++) {
            perEntry += copy.layer(i) == null ? 0 : copy.layer(i).type().bytes();
        }
        return Integer.BYTES * (rows + 1) + perEntry * entries;
    }

    /**
     * Reads the features that the remap keeps.
     *
     * @throws io.hox.HoxException when the copy is damaged
     */
    static CellColumns read(ColumnCopy copy, Remap remap) {
        int[] locals = remap.sources().clone();
        Arrays.sort(locals);
        ColumnRanges ranges = ColumnRanges.read(copy, locals);
        int n = remap.kept();
        long[] starts = new long[n];
        long[] ends = new long[n];
        for (int rank = 0; rank < n; rank++) {
            int f = Arrays.binarySearch(locals, remap.sources()[rank]);
            starts[rank] = ranges.start(f);
            ends[rank] = ranges.end(f);
        }
        try (PendingColumns pending = new PendingColumns(copy, starts, ends, n)) {
            int[] rows = pending.rows();
            int[] offsets = offsets(rows);
            int[] from = new int[offsets[offsets.length - 1]];
            int[] indices = new int[from.length];
            boolean repeats = place(rows, starts, ends, remap.globals(), offsets, from, indices);
            Values[] layers = new Values[copy.columns().size()];
            for (int i = 0; i < layers.length; i++) {
                Values stored = pending.layer(i);
                layers[i] = stored == null ? null : Gather.pick(stored, from, from.length);
            }
            return new CellColumns(offsets, indices, layers, repeats);
        }
    }

    /** Where the entries of each row begin, up to the last row that has any. */
    private static int[] offsets(int[] rows) {
        int last = -1;
        for (int row : rows) {
            last = row < MAX_ROWS ? Math.max(last, row) : last;
        }
        int[] offsets = new int[last + 2];
        for (int row : rows) {
            if (row >= 0 && row < MAX_ROWS) {
                offsets[row + 1]++;
            }
        }
        for (int row = 0; row <= last; row++) {
            offsets[row + 1] += offsets[row];
        }
        return offsets;
    }

    /** Deals the entries out to the rows, feature by feature, which puts those of a row in order; true if some repeat. */
    private static boolean place(
            int[] rows, long[] starts, long[] ends, int[] globals, int[] offsets, int[] from, int[] indices) {
        int[] next = offsets.clone();
        boolean repeats = false;
        int k = 0;
        for (int f = 0; f < globals.length; f++) {
            int global = globals[f];
            for (int end = k + (int) (ends[f] - starts[f]); k < end; k++) {
                int row = rows[k];
                if (row >= 0 && row < MAX_ROWS) {
                    int at = next[row]++;
                    from[at] = k;
                    indices[at] = global;
                    repeats |= at > offsets[row] && indices[at - 1] == global;
                }
            }
        }
        return repeats;
    }

    /** Memory held. */
    long bytes() {
        return bytes;
    }

    /** Where the entries of a cell begin. */
    int start(int row) {
        return offsets[Math.min(row, offsets.length - 1)];
    }

    /** Where the entries of a cell end. */
    int end(int row) {
        return row < offsets.length - 1 ? offsets[row + 1] : start(row);
    }

    /** Global indices, ascending within a cell. */
    int[] indices() {
        return indices;
    }

    /** Stored values of a requested layer; null where the copy lacks it. */
    Values layer(int layer) {
        return layers[layer];
    }

    /** Whether a cell may have several entries of a feature, one after the other. */
    boolean repeats() {
        return repeats;
    }
}
