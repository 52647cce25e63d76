package io.hox.udfs;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Number, sum and sum of squares of small whole values per feature, all three in one word: nearly all counts are small, and
 * a cell touches a quarter of the memory that {@link FeatureMoments} would take for them. Nothing can overflow before
 * {@link #isFull}.
 */
final class SmallCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Values below are small. */
    private static final int SMALL = 64;
    /** Cells, with each feature once, after which no field of a word has overflown. */
    private static final int MOST_CELLS = 1 << 12;

    private static final int SUM = 24;
    private static final int COUNT = 42;
    private static final long SQUARES_MASK = (1L << SUM) - 1;
    private static final long SUM_MASK = (1L << COUNT - SUM) - 1;

    /** What a value adds; a zero adds nothing. */
    private static final long[] ADDED = new long[SMALL];

    static {
        for (int value = 1; value < SMALL; value++) {
            ADDED[value] = 1L << COUNT | (long) value << SUM | (long) value * value;
        }
    }

    private long[] words = {};
    private int cells;

    /** Where values go that are not small. */
    interface Others {
        void add(int feature, double value);
    }

    /** Sums as {@link FeatureMoments} keeps them. */
    interface Sink {
        void add(int feature, long count, long sum, long squares);
    }

    /** Adds a cell whose features ascend, from {@code from} on, to values from {@code at} on. */
    void add(int[] features, int from, int[] values, int at, int n, Others others) {
        int highest = n == 0 ? -1 : features[from + n - 1];
        if (highest >= words.length) {
            words = Arrays.copyOf(words, Math.max(highest + 1, words.length + words.length / 2));
        }
        long[] sums = words;
        for (int i = 0; i < n; i++) {
            int value = values[at + i];
            if ((value & -SMALL) == 0) {
                sums[features[from + i]] += ADDED[value];
            } else {
                others.add(features[from + i], value);
            }
        }
        cells++;
    }

    boolean isEmpty() {
        return cells == 0;
    }

    boolean isFull() {
        return cells == MOST_CELLS;
    }

    /** Hands everything over, and starts anew. */
    void drain(Sink sink) {
        for (int feature = 0; feature < words.length; feature++) {
            long word = words[feature];
            if (word != 0) {
                sink.add(feature, word >>> COUNT, word >>> SUM & SUM_MASK, word & SQUARES_MASK);
                words[feature] = 0;
            }
        }
        cells = 0;
    }

    /** The heap taken, in bytes. */
    long bytes() {
        return (long) words.length * Long.BYTES;
    }
}
