package io.hox.zarr;

import io.hox.store.IndexSort;
import java.util.Arrays;

/** Which pieces of which chunks go where: the plan of one read. Neighbouring pieces grow together. */
final class Segments {
    private long[] chunk = new long[64];
    private int[] from = new int[64];
    private int[] to = new int[64];
    private int[] length = new int[64];
    private int count;

    /** Elements {@code source..source+n} of a chunk go to {@code target} and on. */
    void add(long chunkNumber, int source, int target, int n) {
        int last = count - 1;
        if (last >= 0
                && chunk[last] == chunkNumber
                && from[last] + length[last] == source
                && to[last] + length[last] == target) {
            length[last] += n;
            return;
        }
        if (count == chunk.length) {
            int capacity = count + (count >> 1);
            chunk = Arrays.copyOf(chunk, capacity);
            from = Arrays.copyOf(from, capacity);
            to = Arrays.copyOf(to, capacity);
            length = Arrays.copyOf(length, capacity);
        }
        chunk[count] = chunkNumber;
        from[count] = source;
        to[count] = target;
        length[count++] = n;
    }

    /** A range of elements of an array that is cut along one axis only. */
    void addRange(long start, long end, int chunkElements, int target) {
        long at = start;
        int out = target;
        while (at < end) {
            long number = at / chunkElements;
            int source = (int) (at - number * chunkElements);
            int n = (int) Math.min(chunkElements - source, end - at);
            add(number, source, out, n);
            at += n;
            out += n;
        }
    }

    int count() {
        return count;
    }

    long chunk(int i) {
        return chunk[i];
    }

    int from(int i) {
        return from[i];
    }

    int to(int i) {
        return to[i];
    }

    int length(int i) {
        return length[i];
    }

    /** The pieces by chunk number. */
    int[] byChunk() {
        return IndexSort.order(chunk, count);
    }
}
