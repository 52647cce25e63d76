package io.hox.matrix;

import java.util.Arrays;

/**
 * Turns rows of local feature indices into rows of ascending global ones, and notes where each entry came from so that the
 * layers can follow. Takes the cheapest way that a row allows: rows in order are mapped in one pass; others go through a
 * {@link RankSet}; only rows with repeated indices are sorted. Holds scratch memory: not thread-safe.
 */
final class RowRemapper {

    /** Told about a local index that the layout lacks; throws. */
    interface BadIndex {
        RuntimeException at(int rawPosition);
    }

    private final RankSet ranks = new RankSet();
    private long[] keys = new long[0];
    private int[] origins = new int[0];

    private int[] raw;
    private Remap remap;
    private BadIndex badIndex;
    private Entries entries;

    /**
     * The result's {@link Entries#from} is scratch memory too: it holds until the next call.
     *
     * @param raw local indices of all rows, one row after the other
     * @param rowStarts row {@code r} is {@code raw[rowStarts[r]..rowStarts[r + 1])}
     */
    Entries remap(int[] raw, int[] rowStarts, Remap remap, BadIndex badIndex) {
        this.raw = raw;
        this.remap = remap;
        this.badIndex = badIndex;
        int rows = rowStarts.length - 1;
        int total = rowStarts[rows];
        entries = new Entries();
        entries.indices = new int[total + RankSet.SLACK];
        entries.offsets = new int[rows + 1];
        entries.keptOffsets = entries.offsets;
        ranks.reserve(remap.kept());
        if (!remap.keepsAll()) {
            noteOrigins(total);
        }
        for (int row = 0; row < rows; row++) {
            row(rowStarts[row], rowStarts[row + 1], total);
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

    private void row(int from, int to, int total) {
        Entries e = entries;
        if (remap.monotone()) {
            boolean ordered = e.from == null ? mapAll(from, to) : mapKept(from, to);
            if (ordered) {
                return;
            }
        }
        if (e.from == null) {
            noteOrigins(total);
        }
        int stopped = ranks.add(raw, from, to, remap.toRank());
        if (stopped == -1) {
            int n = ranks.drain(remap.paddedGlobals(), e.indices, e.count, e.from, e.kept);
            e.count += n;
            e.kept += n;
        } else {
            ranks.clear();
            if (stopped >= 0) {
                throw badIndex.at(stopped);
            }
            sort(from, to);
        }
    }

    /** Maps a row of which nothing is dropped; false when its order is not ascending. */
    private boolean mapAll(int from, int to) {
        int[] map = remap.toGlobal();
        int[] source = raw;
        int[] indices = entries.indices;
        int previous = -1;
        int order = 0;
        for (int k = from; k < to; k++) {
            int local = source[k];
            if (Integer.compareUnsigned(local, map.length) >= 0) {
                throw badIndex.at(k);
            }
            int global = map[local];
            indices[k] = global;
            order |= global - previous - 1;
            previous = global;
        }
        if (order < 0) {
            return false;
        }
        entries.count = to;
        entries.kept = to;
        return true;
    }

    /** Maps a row and drops what the axis lacks; false when the order is not ascending. */
    private boolean mapKept(int from, int to) {
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
            e.runs = new int[e.indices.length + 1];
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

    /** Starts to note origins: so far every entry stood where it stands now. */
    private void noteOrigins(int total) {
        if (origins.length < total + RankSet.SLACK) {
            origins = new int[total + RankSet.SLACK];
        }
        for (int i = 0; i < entries.kept; i++) {
            origins[i] = i;
        }
        entries.from = origins;
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
