package io.hox.matrix;

import java.util.Arrays;

/**
 * Puts the entries of features in order: row numbers ascending, each once, those of hidden cells left out. What a copy
 * holds is in order nearly always; then nothing is moved.
 */
final class ColumnOrder {

    /** Told about an element that is no row number; throws. */
    interface BadRow {
        RuntimeException at(int position);
    }

    private final int[] raw;
    private final int[] rawOffsets;
    private final int[] visible;
    private final BadRow badRow;

    /**
     * @param raw row numbers of all features, one feature after the other; becomes the result's where all stay as they are
     * @param rawOffsets feature {@code f} has {@code raw[rawOffsets[f]..rawOffsets[f + 1])}
     * @param visible the rows to keep, ascending; null = all
     */
    ColumnOrder(int[] raw, int[] rawOffsets, int[] visible, BadRow badRow) {
        this.raw = raw;
        this.rawOffsets = rawOffsets;
        this.visible = visible;
        this.badRow = badRow;
    }

    /** The entries in order; the "rows" of the result are features, its indices row numbers. */
    Entries entries() {
        return visible == null && ascending() ? asTheyAre() : arranged();
    }

    private boolean ascending() {
        int order = 0;
        for (int f = 0; f + 1 < rawOffsets.length; f++) {
            int previous = -1;
            for (int i = rawOffsets[f]; i < rawOffsets[f + 1]; i++) {
                // Negative for a step back, a repetition and a row that is negative itself.
                order |= raw[i] - previous - 1 | raw[i];
                previous = raw[i];
            }
        }
        return order >= 0;
    }

    private Entries asTheyAre() {
        Entries entries = new Entries();
        entries.indices = raw;
        entries.count = rawOffsets[rawOffsets.length - 1];
        entries.offsets = rawOffsets;
        entries.kept = entries.count;
        entries.keptOffsets = rawOffsets;
        return entries;
    }

    private Entries arranged() {
        int total = rawOffsets[rawOffsets.length - 1];
        Entries e = new Entries();
        e.indices = new int[total];
        e.from = new int[total];
        e.runs = new int[total + 1];
        e.offsets = new int[rawOffsets.length];
        e.keptOffsets = new int[rawOffsets.length];
        long[] keys = new long[longest()];
        for (int f = 0; f + 1 < rawOffsets.length; f++) {
            int n = keys(rawOffsets[f], rawOffsets[f + 1], keys);
            int last = -1;
            for (int i = 0; i < n; i++) {
                int row = (int) (keys[i] >>> 32);
                if (row != last) {
                    e.indices[e.count] = row;
                    e.runs[e.count++] = e.kept;
                    last = row;
                }
                e.from[e.kept++] = (int) keys[i];
            }
            e.offsets[f + 1] = e.count;
            e.keptOffsets[f + 1] = e.kept;
        }
        e.runs[e.count] = e.kept;
        if (e.count == e.kept) {
            e.runs = null;
        }
        return e;
    }

    private int longest() {
        int longest = 0;
        for (int f = 0; f + 1 < rawOffsets.length; f++) {
            longest = Math.max(longest, rawOffsets[f + 1] - rawOffsets[f]);
        }
        return longest;
    }

    /** (row, position) of the entries that stay, ordered; equal rows keep the order in which they are stored. */
    private int keys(int from, int to, long[] keys) {
        int n = 0;
        boolean ordered = true;
        for (int i = from; i < to; i++) {
            int row = raw[i];
            if (row < 0) {
                throw badRow.at(i);
            }
            if (visible == null || Arrays.binarySearch(visible, row) >= 0) {
                keys[n] = (long) row << 32 | i;
                ordered &= n == 0 || keys[n] > keys[n - 1];
                n++;
            }
        }
        if (!ordered) {
            Arrays.sort(keys, 0, n);
        }
        return n;
    }
}
