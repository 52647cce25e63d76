package io.hox.matrix;

import java.util.Arrays;

/**
 * Turns rows of local feature indices into rows of ascending global ones, and notes where each entry came from so that the
 * layers can follow. Takes the cheapest way that rows allow: where the layout has the order of the axis and all rows are in
 * order, indices stay where they are; other rows go through a {@link RankSet}; only rows with repeated indices are sorted.
 * Holds scratch memory: not thread-safe.
 */
final class RowRemapper {

    /** Told about a local index that the layout lacks; throws. */
    interface BadIndex {
        RuntimeException at(int rawPosition);
    }

    private final RankSet ranks = new RankSet();
    private final Buffers buffers;
    private long[] keys = new long[0];

    private int[] raw;
    private int total;
    private Remap remap;
    private BadIndex badIndex;
    private Entries entries;

    /** @param buffers where arrays for results come from */
    RowRemapper(Buffers buffers) {
        this.buffers = buffers;
    }

    /**
     * The arrays of the result come from the buffers, or are {@code raw} itself.
     *
     * @param raw local indices of all rows, one row after the other; given up where the result has it as
     *     {@link Entries#indices}
     * @param rowStarts row {@code r} is {@code raw[rowStarts[r]..rowStarts[r + 1])}
     */
    Entries remap(int[] raw, int[] rowStarts, Remap remap, BadIndex badIndex) {
        if (remap.keepsAll() && remap.monotone() && ordered(raw, rowStarts, remap.features())) {
            return inPlace(raw, rowStarts, remap);
        }
        this.raw = raw;
        this.remap = remap;
        this.badIndex = badIndex;
        int rows = rowStarts.length - 1;
        total = rowStarts[rows];
        entries = new Entries();
        entries.indices = buffers.takeInts(total);
        entries.from = buffers.takeInts(total);
        entries.offsets = new int[rows + 1];
        entries.keptOffsets = entries.offsets;
        ranks.reserve(remap.kept());
        for (int row = 0; row < rows; row++) {
            row(rowStarts[row], rowStarts[row + 1]);
            if (entries.runs != null) {
                noteRuns(row + 1);
            }
            entries.offsets[row + 1] = entries.count;
        }
        Entries done = entries;
        entries = null;
        this.raw = null;
        return done;
    }

    /** Whether all rows ascend, without repetition, and all indices are below {@code features}. */
    private static boolean ordered(int[] raw, int[] rowStarts, int features) {
        for (int row = 0; row + 1 < rowStarts.length; row++) {
            int from = rowStarts[row];
            int to = rowStarts[row + 1];
            if (from < to && !(ascends(raw, from, to) && raw[to - 1] < features)) {
                return false;
            }
        }
        return true;
    }

    private static boolean ascends(int[] raw, int from, int to) {
        // Negative for an index that is negative itself and, where none is, for a step back or a repetition.
        int signs = raw[from];
        for (int k = from + 1; k < to; k++) {
            signs |= raw[k] | (raw[k] - raw[k - 1] - 1);
        }
        return signs >= 0;
    }

    private static Entries inPlace(int[] raw, int[] rowStarts, Remap remap) {
        int total = rowStarts[rowStarts.length - 1];
        if (!remap.identity()) {
            int[] map = remap.toGlobal();
            for (int k = 0; k < total; k++) {
                raw[k] = map[raw[k]];
            }
        }
        Entries entries = new Entries();
        entries.indices = raw;
        entries.count = total;
        entries.offsets = rowStarts;
        entries.kept = total;
        entries.keptOffsets = rowStarts;
        return entries;
    }

    private void row(int from, int to) {
        if (remap.monotone() && map(from, to)) {
            return;
        }
        Entries e = entries;
        int n = ranks.place(raw, from, to, remap, e.indices, e.count, e.from, e.kept);
        if (n >= 0) {
            e.count += n;
            e.kept += n;
        } else if (n == RankSet.REPEATED) {
            sort(from, to);
        } else {
            throw badIndex.at(RankSet.badPosition(n));
        }
    }

    /** Maps a row and drops what the axis lacks; false when its order is not ascending. */
    private boolean map(int from, int to) {
        int[] map = remap.toGlobal();
        int[] source = raw;
        int[] indices = entries.indices;
        int[] origins = entries.from;
        int w = entries.count;
        int f = entries.kept;
        int previous = -1;
        int order = 0;
        for (int k = from; k < to; k++) {
            int local = source[k];
            if (Integer.compareUnsigned(local, map.length) >= 0) {
                throw badIndex.at(k);
            }
            int global = map[local];
            indices[w] = global;
            origins[f] = k;
            if (global >= 0) {
                order |= global - previous - 1;
                previous = global;
                w++;
                f++;
            }
        }
        if (order < 0) {
            return false;
        }
        entries.count = w;
        entries.kept = f;
        return true;
    }

    /** A row with repeated indices: ordered by (global index, position), equal ones joined. */
    private void sort(int from, int to) {
        if (keys.length < to - from) {
            keys = new long[to - from];
        }
        Entries e = entries;
        int n = 0;
        for (int k = from; k < to; k++) {
            int global = remap.toGlobal()[raw[k]];
            if (global >= 0) {
                keys[n++] = (long) global << 32 | k;
            }
        }
        Arrays.sort(keys, 0, n);
        if (e.runs == null) {
            // From here on the two kinds of entries go apart.
            e.runs = new int[total + 1];
            for (int i = 0; i <= e.count; i++) {
                e.runs[i] = i;
            }
            e.keptOffsets = e.offsets.clone();
        }
        int last = -1;
        for (int i = 0; i < n; i++) {
            int global = (int) (keys[i] >>> 32);
            if (global != last) {
                e.indices[e.count] = global;
                e.runs[e.count++] = e.kept;
                last = global;
            }
            e.from[e.kept++] = (int) keys[i];
        }
        e.runs[e.count] = e.kept;
    }

    /** Completes the runs of a row that added its entries one to one. */
    private void noteRuns(int nextRow) {
        Entries e = entries;
        int unnoted = e.offsets[nextRow - 1];
        int kept = e.keptOffsets[nextRow - 1];
        if (e.kept - kept == e.count - unnoted) {
            for (int i = unnoted; i < e.count; i++) {
                e.runs[i] = kept++;
            }
            e.runs[e.count] = e.kept;
        }
        e.keptOffsets[nextRow] = e.kept;
    }
}
