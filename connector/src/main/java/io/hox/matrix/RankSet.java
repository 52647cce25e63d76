package io.hox.matrix;

import java.util.Arrays;

/**
 * Puts the entries of one row in ascending order in linear time: a bit per rank, with a second level that says which words
 * have bits, and a slot per rank for the raw position. Reading the bits back in order also clears them.
 */
final class RankSet {

    /** Entries that are written per word whether or not it has as many, so that most words need no loop. */
    private static final int SPECULATIVE = 4;

    /** Entries beyond its result that {@link #drain} may write. */
    static final int SLACK = SPECULATIVE;

    /** Entries beyond the last rank that {@link #drain} may read. */
    static final int GLOBALS_SLACK = 65;

    private long[] words = new long[0];
    private long[] summary = new long[0];
    private int[] slots = new int[0];

    /** Makes room for ranks below {@code ranks}. */
    void reserve(int ranks) {
        int needed = (ranks >>> 6) + 1;
        if (words.length < needed) {
            words = new long[needed];
            summary = new long[(needed >>> 6) + 1];
            // 64 more, for the position after the last bit of the last word.
            slots = new int[(needed << 6) + 64];
        }
    }

    /**
     * Adds the kept entries of {@code raw[from..to)}.
     *
     * @return -1 when done, else the position of a local index that {@code toRank} lacks, or -2 when an index occurs
     *     twice; the set is to be {@link #clear cleared} then
     */
    int add(int[] raw, int from, int to, int[] toRank) {
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
        long[] summary = this.summary;
        int[] slots = this.slots;
        int w = at;
        int f = fromAt;
        for (int s = 0; s < summary.length; s++) {
            long pending = summary[s];
            summary[s] = 0;
            while (pending != 0) {
                int word = (s << 6) + Long.numberOfTrailingZeros(pending);
                pending &= pending - 1;
                long bits = words[word];
                words[word] = 0;
                int base = word << 6;
                int n = Long.bitCount(bits);
                for (int i = 0; i < SPECULATIVE; i++) {
                    int rank = base + Long.numberOfTrailingZeros(bits);
                    bits &= bits - 1;
                    indices[w + i] = globals[rank];
                    from[f + i] = slots[rank];
                }
                for (int i = SPECULATIVE; i < n; i++) {
                    int rank = base + Long.numberOfTrailingZeros(bits);
                    bits &= bits - 1;
                    indices[w + i] = globals[rank];
                    from[f + i] = slots[rank];
                }
                w += n;
                f += n;
            }
        }
        return w - at;
    }

    void clear() {
        Arrays.fill(words, 0);
        Arrays.fill(summary, 0);
    }
}
