package io.hox.matrix;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays of blocks that nobody looks at any more, for the next blocks: large arrays are dear to clear and to collect. Holds
 * what was in use at once and is of about the size that is still asked for. Not thread-safe.
 */
final class Buffers {

    /** Blocks with a cell of enormous size are not kept. */
    private static final long MAX_BYTES = 64L << 20;

    private static final int SMALL = 1024;
    private static final int MOST_SPARE = 1 << 20;

    private final List<Values> free = new ArrayList<>();
    private long bytes;

    /** An array of at least {@code n} elements with any content. */
    Values take(DataType type, int n) {
        Values best = null;
        Values other = null;
        for (Values candidate : free) {
            if (candidate.canHold(type)) {
                boolean fits = candidate.length() >= n && candidate.length() / 4 <= Math.max(n, SMALL);
                if (!fits) {
                    other = candidate;
                } else if (best == null || candidate.length() < best.length()) {
                    best = candidate;
                }
            }
        }
        if (best != null) {
            remove(best);
            return best.type() == type ? best : Values.of(type, best.array());
        }
        if (other == null) {
            return Values.allocate(type, n);
        }
        remove(other);
        // Blocks differ in size a little: with some room to spare the next one fits.
        return Values.allocate(type, Math.min(n + Math.min(n >> 3, MOST_SPARE), CellReader.MAX_ELEMENTS));
    }

    /** As {@link #take} for ints. */
    int[] takeInts(int n) {
        return take(DataType.INT32, n).ints();
    }

    /** Takes back an array that nobody looks at any more. */
    void give(Values values) {
        long size = size(values);
        if (values.length() >= SMALL && bytes + size <= MAX_BYTES) {
            free.add(values);
            bytes += size;
        }
    }

    /** As {@link #give} for ints. */
    void giveInts(int[] values) {
        give(Values.of(DataType.INT32, values));
    }

    private void remove(Values values) {
        free.remove(values);
        bytes -= size(values);
    }

    private static long size(Values values) {
        return (long) values.length() * values.type().bytes();
    }
}
