package io.hox.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Texts of many rows, to find equal ones among them. Memory: 16 bytes a row; texts are read in windows, and again where
 * two hashes are equal.
 */
final class TextHashes {
    private static final int WINDOW = 10_000;
    private static final long SEED = 0x5bd1e995L;
    private static final XXHash64 HASH = XXHashFactory.fastestInstance().hash64();

    /** Reads texts. */
    @FunctionalInterface
    interface Texts {
        /** Those of the rows from {@code from} (included) to {@code to} (excluded). */
        String[] of(int from, int to);
    }

    /** Looks at texts while they are read. */
    @FunctionalInterface
    interface Visitor {
        void visit(int firstRow, String[] texts);
    }

    private final Texts texts;
    private final long[] hashes;
    private final long[] sorted;

    TextHashes(int rows, Texts texts, Visitor visitor) {
        this.texts = texts;
        this.hashes = new long[rows];
        for (int from = 0; from < rows; from += WINDOW) {
            String[] window = texts.of(from, Math.min(rows, from + WINDOW));
            visitor.visit(from, window);
            for (int i = 0; i < window.length; i++) {
                byte[] bytes = String.valueOf(window[i]).getBytes(StandardCharsets.UTF_8);
                hashes[from + i] = HASH.hash(bytes, 0, bytes.length, SEED);
            }
        }
        this.sorted = hashes.clone();
        Arrays.sort(sorted);
    }

    /** Two rows with one text, or null. */
    int[] repeated() {
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                int first = indexOf(sorted[i], 0);
                for (int row = indexOf(sorted[i], first + 1); row >= 0; row = indexOf(sorted[i], row + 1)) {
                    if (text(first).equals(text(row))) {
                        return new int[] {first, row};
                    }
                }
            }
        }
        return null;
    }

    /** The hashes in order, for {@link #rowIn}. */
    long[] sorted() {
        return sorted;
    }

    /** A row whose text others have too, by their sorted hashes alone; -1 where there is none. */
    int rowIn(long[] others) {
        int at = 0;
        for (long hash : sorted) {
            while (at < others.length && others[at] < hash) {
                at++;
            }
            if (at < others.length && others[at] == hash) {
                return indexOf(hash, 0);
            }
        }
        return -1;
    }

    String text(int row) {
        return String.valueOf(texts.of(row, row + 1)[0]);
    }

    private int indexOf(long hash, int from) {
        for (int i = from; i < hashes.length; i++) {
            if (hashes[i] == hash) {
                return i;
            }
        }
        return -1;
    }
}
