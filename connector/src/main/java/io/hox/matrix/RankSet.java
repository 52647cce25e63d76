package io.hox.matrix;

import java.util.Arrays;

/**
 * Puts the entries of one row in ascending order in linear time: a bit per rank and a slot per rank for the raw position.
 * Reading the bits back in order also clears them. Where a row has fewer entries than there are words of bits, a second
 * level says which words have any.
 */
final class RankSet {

    /** Entries that are written per word whether or not it has as many, so that most words need no loop. */
    private static final int SPECULATIVE = 4;

    /** Entries beyond its result that {@link #drain} may write. */
    static final int SLACK = 2 * SPECULATIVE;

    /** Entries beyond the last rank that {@link #drain} may read. */
    static final int GLOBALS_SLACK = 65;

    private long[] words = new long[0];
    private long[] summary = new long[0];
    private int[] slots = new int[0];
    private int wordCount;
    private boolean summarised;

    /** Makes room for ranks below {@code ranks}. */
    void reserve(int ranks) {
        wordCount = (ranks >>> 6) + 1;
        if (words.length < wordCount) {
            words = new long[wordCount];
            summary = new long[(wordCount >>> 6) + 1];
            // One word more, for the position after the last bit of the last word.
            slots = new int[(wordCount << 6) + 64];
        }
    }

    /**
     * Adds the kept entries of {@code raw[from..to)} to the empty set.
     *
     * @return -1 when done, else the position of a local index that {@code toRank} lacks, or -2 when an index occurs
     *     twice; the set is to be {@link #clear cleared} then
     */
    int add(int[] raw, int from, int to, int[] toRank) {
        summarised = to - from < wordCount;
        return summarised ? addSummarised(raw, from, to, toRank) : addPlain(raw, from, to, toRank);
    }

    private int addPlain(int[] raw, int from, int to, int[] toRank) {
        long[] words = this.words;
        int[] slots = this.slots;
        long repeated = 0;
        for (int k = from; k < to; k++) {
            int local = raw[k];
            if (Integer.compareUnsigned(local, toRank.length) >= 0) {
                return k;
            }
            int rank = toRank[local];
            if (rank >= 0) {
                slots[rank] = k;
                long bit = 1L << rank;
                long before = words[rank >>> 6];
                repeated |= before & bit;
                words[rank >>> 6] = before | bit;
            }
        }
        return repeated == 0 ? -1 : -2;
    }

    private int addSummarised(int[] raw, int from, int to, int[] toRank) {
        long[] words = this.words;
        long[] summary = this.summary;
        int[] slots = this.slots;
        long repeated = 0;
        for (int k = from; k < to; k++) {
            int local = raw[k];
            if (Integer.compareUnsigned(local, toRank.length) >= 0) {
                return k;
            }
            int rank = toRank[local];
            if (rank >= 0) {
                slots[rank] = k;
                int word = rank >>> 6;
                long bit = 1L << rank;
                long before = words[word];
                repeated |= before & bit;
                words[word] = before | bit;
                summary[word >>> 6] |= 1L << word;
            }
        }
        return repeated == 0 ? -1 : -2;
    }

    /**
     * Writes the entries in order and empties the set.
     *
     * @param globals the global index of each rank, with {@link #GLOBALS_SLACK} entries to spare
     * @param indices takes global indices from {@code at}; needs {@link #SLACK} entries to spare
     * @param from takes raw positions from {@code fromAt}; likewise
     * @return the number of entries
     */
    int drain(int[] globals, int[] indices, int at, int[] from, int fromAt) {
        long[] words = this.words;
        int n = 0;
        if (!summarised) {
            for (int word = 0; word < wordCount; word++) {
                n += emitMany(words[word], word << 6, globals, slots, indices, at + n, from, fromAt + n);
                words[word] = 0;
            }
            return n;
        }
        int levels = (wordCount >>> 6) + 1;
        for (int s = 0; s < levels; s++) {
            for (long pending = summary[s]; pending != 0; pending &= pending - 1) {
                int word = (s << 6) + Long.numberOfTrailingZeros(pending);
                n += emitFew(words[word], word << 6, globals, slots, indices, at + n, from, fromAt + n);
                words[word] = 0;
            }
            summary[s] = 0;
        }
        return n;
    }

    /** Writes the entries of a word that often has several; returns how many it has. */
    private static int emitMany(
            long word, int base, int[] globals, int[] slots, int[] indices, int at, int[] from, int fromAt) {
        long bits = word;
        for (int i = 0; i < SPECULATIVE; i++) {
            int rank = base + Long.numberOfTrailingZeros(bits);
            bits &= bits - 1;
            indices[at + i] = globals[rank];
            from[fromAt + i] = slots[rank];
        }
        int n = Long.bitCount(word);
        if (n > SPECULATIVE) {
            for (int i = SPECULATIVE; i < 2 * SPECULATIVE; i++) {
                int rank = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                indices[at + i] = globals[rank];
                from[fromAt + i] = slots[rank];
            }
            for (int i = 2 * SPECULATIVE; i < n; i++) {
                int rank = base + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
                indices[at + i] = globals[rank];
                from[fromAt + i] = slots[rank];
            }
        }
        return n;
    }

    /** The same for a word that mostly has one or two. */
    private static int emitFew(
            long word, int base, int[] globals, int[] slots, int[] indices, int at, int[] from, int fromAt) {
        int first = base + Long.numberOfTrailingZeros(word);
        indices[at] = globals[first];
        from[fromAt] = slots[first];
        int n = 1;
        for (long bits = word & (word - 1); bits != 0; bits &= bits - 1) {
            int rank = base + Long.numberOfTrailingZeros(bits);
            indices[at + n] = globals[rank];
            from[fromAt + n] = slots[rank];
            n++;
        }
        return n;
    }

    void clear() {
        Arrays.fill(words, 0);
        Arrays.fill(summary, 0);
    }
}
