package io.hox.index;

import io.hox.codec.BitPacking;
import io.hox.codec.Transform;
import io.hox.zarr.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Makes runs: the entries of one portion that belong to one shard, as bytes on their way to who writes the shard. A run
 * tells how many entries each column has, then their row numbers column by column, then the values of each layer, each part
 * after its length; whole numbers are bit-packed, so an entry of counts takes about two bytes.
 */
final class RunWriter {
    static final int HEADER = 2 * Integer.BYTES;

    private byte[] out = new byte[0];
    private ByteBuffer lengths;
    private int at;

    /**
     * Packs entries.
     *
     * @param counts entries of each column
     * @param firstRow what {@code rows} are relative to
     * @param rows of all entries, column by column
     * @param layers their values
     * @param from the first entry
     * @param n how many there are
     */
    byte[] pack(int[] counts, int firstRow, int[] rows, List<Values> layers, int from, int n) {
        long longest = HEADER
                + Integer.BYTES * (2L + layers.size())
                + BitPacking.longest(counts.length, Integer.BYTES)
                + BitPacking.longest(n, Integer.BYTES);
        for (Values layer : layers) {
            longest += EntryValues.longest(layer, n);
        }
        if (out.length < longest) {
            out = new byte[Math.toIntExact(longest + (longest >> 2))];
            lengths = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        }
        lengths.putInt(0, n);
        lengths.putInt(Integer.BYTES, firstRow);
        at = HEADER;
        part(BitPacking.encodeInts(counts, 0, counts.length, Transform.NONE, out, at + Integer.BYTES));
        part(BitPacking.encodeInts(rows, from, n, Transform.NONE, out, at + Integer.BYTES));
        for (Values layer : layers) {
            part(EntryValues.encode(layer, from, n, out, at + Integer.BYTES));
        }
        return Arrays.copyOf(out, at);
    }

    private void part(int length) {
        lengths.putInt(at, length);
        at += Integer.BYTES + length;
    }
}
