package io.hox.matrix;

import java.util.Arrays;

/**
 * Puts the entries of one row in ascending order in linear time, by a bit per rank. Where a row has many entries for the
 * number of ranks, the bits before an entry's own say where it goes. Where it has few, the bits are read back in order,
 * with a slot per rank for the raw position and a second level of bits that says which words have any.
 */
final class RankSet {

    /** The row repeats an index; nothing was written. */
    static final int REPEATED = -1;

    private static final int BAD = -2;

    private long[] words = new long[0];
    private long[] summary = new long[0];
    private int[] slots = new int[0];
    /** By word: where its first entry goes, less one. */
    private int[] before = new int[0];
    /** The row's kept entries in raw order: rank and raw position. */
    private long[] entries = new long[0];

    private int wordCount;

    /** Makes room for ranks below {@code ranks}. */
    void reserve(int ranks) {
        wordCount = (ranks >>> 6) + 1;
        if (words.length < wordCount) {
            words = new long[wordCount];
            before = new int[wordCount];
        }
    }

    /** The raw position of the entry that the layout lacks, when {@link #place} returned neither a count nor REPEATED. */
    static int badPosition(int result) {
        return BAD - result;
    }

    /**
     * Writes the kept entries of {@code raw[from..to)} in order.
     *
     * @param indices takes their global indices from {@code at}
     * @param origins takes their raw positions from {@code originAt}
     * @return their number, {@link #REPEATED}, or something that {@link #badPosition} explains
     */
    int place(int[] raw, int from, int to, Remap remap, int[] indices, int at, int[] origins, int originAt) {
        boolean few = to - from < wordCount;
        int result = few ? addFew(raw, from, to, remap.toRank()) : addMany(raw, from, to, remap.toRank());
        if (result < 0) {
            Arrays.fill(words, 0, wordCount, 0);
            Arrays.fill(summary, 0);
        } else if (few) {
            drainFew(remap.globals(), indices, at, origins, originAt);
        } else {
            placeMany(result, remap.globals(), indices, at, origins, originAt);
        }
        return result;
    }

    private int addMany(int[] raw, int from, int to, int[] toRank) {
        if (entries.length < to - from) {
            entries = new long[to - from];
        }
        long[] words = this.words;
        long[] entries = this.entries;
        int n = 0;
        for (int k = from; k < to; k++) {
            int local = raw[k];
            if (Integer.compareUnsigned(local, toRank.length) >= 0) {
                return BAD - k;
            }
            int rank = toRank[local];
            if (rank >= 0) {
                words[rank >>> 6] |= 1L << rank;
                entries[n++] = (long) rank << 32 | k;
            }
        }
        int distinct = -1;
        for (int word = 0; word < wordCount; word++) {
            before[word] = distinct;
            distinct += Long.bitCount(words[word]);
        }
        return distinct + 1 == n ? n : REPEATED;
    }

    private void placeMany(int n, int[] globals, int[] indices, int at, int[] origins, int originAt) {
        long[] words = this.words;
        int[] before = this.before;
        long[] entries = this.entries;
        for (int i = 0; i < n; i++) {
            long entry = entries[i];
            int rank = (int) (entry >>> 32);
            int word = rank >>> 6;
            int place = before[word] + Long.bitCount(words[word] << ~rank);
            indices[at + place] = globals[rank];
            origins[originAt + place] = (int) entry;
        }
        Arrays.fill(words, 0, wordCount, 0);
    }

    private int addFew(int[] raw, int from, int to, int[] toRank) {
        if (slots.length < wordCount << 6) {
            slots = new int[wordCount << 6];
            summary = new long[(wordCount >>> 6) + 1];
        }
        long[] words = this.words;
        long[] summary = this.summary;
        int[] slots = this.slots;
        long repeated = 0;
        int n = 0;
        for (int k = from; k < to; k++) {
            int local = raw[k];
            if (Integer.compareUnsigned(local, toRank.length) >= 0) {
                return BAD - k;
            }
            int rank = toRank[local];
            if (rank >= 0) {
                slots[rank] = k;
                int word = rank >>> 6;
                long bit = 1L << rank;
                long others = words[word];
                repeated |= others & bit;
                words[word] = others | bit;
                summary[word >>> 6] |= 1L << word;
                n++;
            }
        }
        return repeated == 0 ? n : REPEATED;
    }

    private void drainFew(int[] globals, int[] indices, int at, int[] origins, int originAt) {
        int n = 0;
        int levels = (wordCount >>> 6) + 1;
        for (int s = 0; s < levels; s++) {
            for (long pending = summary[s]; pending != 0; pending &= pending - 1) {
                int word = (s << 6) + Long.numberOfTrailingZeros(pending);
                for (long bits = words[word]; bits != 0; bits &= bits - 1) {
                    int rank = (word << 6) + Long.numberOfTrailingZeros(bits);
                    indices[at + n] = globals[rank];
                    origins[originAt + n++] = slots[rank];
                }
                words[word] = 0;
            }
            summary[s] = 0;
        }
    }
}
