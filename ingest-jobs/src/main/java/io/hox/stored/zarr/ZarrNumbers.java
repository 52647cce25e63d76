package io.hox.stored.zarr;

import io.hox.source.ValueArrays;
import io.hox.stored.NumberReader;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;

/**
 * Reads ranges of a one-dimensional array. Whole chunks go straight to where they are wanted; of the chunks at the ends
 * of a range the last ones are kept. Memory: one chunk, or several small ones.
 */
final class ZarrNumbers implements NumberReader {
    /** Elements that are fetched at once where chunks are smaller. */
    private static final int WINDOW = 1 << 16;

    private final ZarrArray array;
    private final Elements elements;
    private final long length;
    private final long window;
    private Values current;
    private long currentStart;

    ZarrNumbers(ZarrArray array, Elements elements) {
        this.array = array;
        this.elements = elements;
        this.length = array.shape()[0];
        int chunk = array.metadata().chunkShape()[0];
        this.window = (long) chunk * ((WINDOW + chunk - 1) / chunk);
    }

    @Override
    public DataType type() {
        return elements.isText() ? elements.stored() : elements.type();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long from, int n, Values into, int at) {
        long end = from + n;
        for (long position = from; position < end; ) {
            int target = at + (int) (position - from);
            long start = position / window * window;
            long whole = (end - position) / window * window;
            int take;
            if (position == start && whole > 0 && elements.kind() != Elements.Kind.HALVES) {
                take = (int) whole;
                array.readRanges(new long[] {position}, new long[] {position + take}, 1, into, target);
            } else {
                load(start);
                int offset = (int) (position - start);
                take = (int) Math.min(current.length() - offset, end - position);
                ValueArrays.copy(current, offset, into, target, take);
            }
            position += take;
        }
    }

    private void load(long start) {
        if (current == null || start != currentStart) {
            current = null;
            long end = Math.min(length, start + window);
            current = Halves.widened(elements, array.readRanges(new long[] {start}, new long[] {end}, 1));
            currentStart = start;
        }
    }

    @Override
    public void close() {
        current = null;
    }
}
