package io.hox.codec;

import io.hox.HoxException;
import java.util.Arrays;

/**
 * Transforms the elements of any primitive array block by block and packs them into a new stream. The values of a
 * block are copied behind the last value of the block before, so that differences need no special case.
 */
final class BlockEncoder {
    private final int[] words = new int[BitPacking.BLOCK];

    private final byte[] out;
    private int at;

    private BlockEncoder(Transform transform, int count, int series) {
        long worst = BitPacking.HEADER_BYTES
                + (long) series * BitPacking.blocks(count) * (1 + BitPacking.WIDTH_BYTES * BitPacking.MAX_WIDTH);
        if (worst > Integer.MAX_VALUE - Long.BYTES) {
            throw new HoxException(
                    "bit packing: " + count + " elements of " + series * Integer.BYTES + " bytes may need " + worst
                            + " bytes in one stream, more than an array holds; use smaller chunks");
        }
        out = new byte[(int) worst];
        out[0] = transform.id();
        Memory.UNSAFE.putInt(out, Memory.BYTES + 1, count);
        at = BitPacking.HEADER_BYTES;
    }

    /** Encodes the {@code count} elements of 32 bits at the address {@code from} of {@code src}. */
    static byte[] words(Object src, long from, int count, Transform transform) {
        BlockEncoder encoder = new BlockEncoder(transform, count, 1);
        int[] values = new int[BitPacking.BLOCK + 1];
        for (int start = 0; start < count; start += BitPacking.BLOCK) {
            int n = Math.min(BitPacking.BLOCK, count - start);
            long bytes = (long) n * Integer.BYTES;
            Memory.UNSAFE.copyMemory(
                    src, from + (long) start * Integer.BYTES, values, Memory.INTS + Integer.BYTES, bytes);
            encoder.transform(transform, values, n);
            encoder.pack(n);
            values[0] = values[n];
        }
        return Arrays.copyOf(encoder.out, encoder.at);
    }

    /** Encodes the {@code count} elements of 64 bits at the address {@code from} of {@code src}. */
    static byte[] doubleWords(Object src, long from, int count, Transform transform) {
        BlockEncoder encoder = new BlockEncoder(transform, count, 2);
        long[] values = new long[BitPacking.BLOCK + 1];
        for (int shift = 0; shift < Long.SIZE; shift += Integer.SIZE) {
            values[0] = 0;
            for (int start = 0; start < count; start += BitPacking.BLOCK) {
                int n = Math.min(BitPacking.BLOCK, count - start);
                long bytes = (long) n * Long.BYTES;
                Memory.UNSAFE.copyMemory(
                        src, from + (long) start * Long.BYTES, values, Memory.LONGS + Long.BYTES, bytes);
                encoder.transform(transform, values, n, shift);
                encoder.pack(n);
                values[0] = values[n];
            }
        }
        return Arrays.copyOf(encoder.out, encoder.at);
    }

    private void transform(Transform transform, int[] values, int n) {
        switch (transform) {
            case NONE -> System.arraycopy(values, 1, words, 0, n);
            case DELTA -> {
                for (int i = 0; i < n; i++) {
                    words[i] = values[i + 1] - values[i];
                }
            }
            case DELTA_ZIGZAG -> {
                for (int i = 0; i < n; i++) {
                    int d = values[i + 1] - values[i];
                    words[i] = d << 1 ^ d >> 31;
                }
            }
        }
    }

    private void transform(Transform transform, long[] values, int n, int shift) {
        switch (transform) {
            case NONE -> {
                for (int i = 0; i < n; i++) {
                    words[i] = (int) (values[i + 1] >>> shift);
                }
            }
            case DELTA -> {
                for (int i = 0; i < n; i++) {
                    words[i] = (int) (values[i + 1] - values[i] >>> shift);
                }
            }
            case DELTA_ZIGZAG -> {
                for (int i = 0; i < n; i++) {
                    long d = values[i + 1] - values[i];
                    words[i] = (int) ((d << 1 ^ d >> 63) >>> shift);
                }
            }
        }
    }

    /** Appends the block of the first {@code n} words; the others are zero whatever they were before. */
    private void pack(int n) {
        Arrays.fill(words, n, BitPacking.BLOCK, 0);
        int bits = 0;
        for (int i = 0; i < BitPacking.BLOCK; i++) {
            bits |= words[i];
        }
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(bits);
        out[at] = (byte) width;
        PackKernels.pack(width, words, Memory.INTS, out, Memory.BYTES + at + 1);
        at += 1 + BitPacking.WIDTH_BYTES * width;
    }
}
