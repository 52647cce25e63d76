package io.hox.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * BP-128: integers in blocks of 128, each block packed with the bits of its largest value. A stream is one transform
 * byte, the element count (u32, little-endian) and the blocks; 64-bit elements are two series of blocks, first the low
 * words of all elements, then the high words.
 *
 * <p>Elements are unsigned: an {@code int} or {@code long} carries its 32 or 64 bits. All methods are thread-safe.
 */
public final class BitPacking {
    static final int HEADER_BYTES = 5;
    static final int BLOCK = 128;
    static final int MAX_WIDTH = 32;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private BitPacking() {}

    /**
     * The element count that the stream of {@code len} bytes from {@code off} states.
     *
     * @throws MalformedDataException if the header is truncated or names an unknown transform, or if {@code len} bytes
     *     cannot hold as many elements
     */
    public static int elementCount(byte[] src, int off, int len) {
        Objects.checkFromIndexSize(off, len, src.length);
        if (len < HEADER_BYTES) {
            throw new MalformedDataException("bit packing: the stream ends at byte offset " + len + ", its header has "
                    + HEADER_BYTES + " bytes");
        }
        transform(src[off]);
        long count = (int) INT.get(src, off + 1) & 0xFFFFFFFFL;
        if ((count + BLOCK - 1) / BLOCK > len - HEADER_BYTES || count > Integer.MAX_VALUE) {
            throw new MalformedDataException("bit packing: the header at byte offset 1 states " + count
                    + " elements, too many for " + len + " bytes");
        }
        return (int) count;
    }

    /**
     * Decodes a stream of 32-bit elements.
     *
     * @param count the expected element count; the stream must state the same
     * @throws MalformedDataException if the stream breaks the format or has another element count
     */
    public static void decodeInts(byte[] src, int off, int len, int[] dst, int dstOff, int count) {
        Objects.checkFromIndexSize(dstOff, count, dst.length);
        requireCount(elementCount(src, off, len), count);
        int[] block = new int[BLOCK];
        int at = HEADER_BYTES;
        for (int i = 0; i < count; i += BLOCK) {
            at = unpack(src, off, len, at, block);
            System.arraycopy(block, 0, dst, dstOff + i, Math.min(BLOCK, count - i));
        }
        Transform transform = transform(src[off]);
        int sum = 0;
        for (int i = dstOff; transform != Transform.NONE && i < dstOff + count; i++) {
            int d = dst[i];
            sum += transform == Transform.DELTA ? d : d >>> 1 ^ -(d & 1);
            dst[i] = sum;
        }
    }

    /**
     * Decodes a stream of 64-bit elements.
     *
     * @param count the expected element count; the stream must state the same
     * @throws MalformedDataException if the stream breaks the format or has another element count
     */
    public static void decodeLongs(byte[] src, int off, int len, long[] dst, int dstOff, int count) {
        Objects.checkFromIndexSize(dstOff, count, dst.length);
        requireCount(elementCount(src, off, len), count);
        int[] block = new int[BLOCK];
        int at = HEADER_BYTES;
        Arrays.fill(dst, dstOff, dstOff + count, 0);
        for (int shift = 0; shift < 64; shift += 32) {
            for (int i = 0; i < count; i += BLOCK) {
                at = unpack(src, off, len, at, block);
                for (int j = 0; j < Math.min(BLOCK, count - i); j++) {
                    dst[dstOff + i + j] |= (block[j] & 0xFFFFFFFFL) << shift;
                }
            }
        }
        Transform transform = transform(src[off]);
        long sum = 0;
        for (int i = dstOff; transform != Transform.NONE && i < dstOff + count; i++) {
            long d = dst[i];
            sum += transform == Transform.DELTA ? d : d >>> 1 ^ -(d & 1);
            dst[i] = sum;
        }
    }

    /**
     * Decodes a stream into the little-endian bytes of its elements.
     *
     * @param elementSize 4 or 8
     * @param byteCount the expected decoded length, a multiple of {@code elementSize}
     * @throws MalformedDataException if the stream breaks the format or decodes to another length
     */
    public static void decodeBytes(
            byte[] src, int off, int len, int elementSize, byte[] dst, int dstOff, int byteCount) {
        Objects.checkFromIndexSize(dstOff, byteCount, dst.length);
        int count = elements(byteCount, elementSize);
        if (elementSize == Integer.BYTES) {
            int[] values = new int[count];
            decodeInts(src, off, len, values, 0, count);
            for (int i = 0; i < count; i++) {
                INT.set(dst, dstOff + 4 * i, values[i]);
            }
        } else {
            long[] values = new long[count];
            decodeLongs(src, off, len, values, 0, count);
            for (int i = 0; i < count; i++) {
                LONG.set(dst, dstOff + 8 * i, values[i]);
            }
        }
    }

    /** Encodes {@code count} 32-bit elements from {@code off}. */
    public static byte[] encodeInts(int[] src, int off, int count, Transform t) {
        Objects.checkFromIndexSize(off, count, src.length);
        int[] words = new int[padded(count)];
        int last = 0;
        for (int i = 0; i < count; i++) {
            int x = src[off + i];
            int d = x - last;
            words[i] = t == Transform.NONE ? x : t == Transform.DELTA ? d : d << 1 ^ d >> 31;
            last = x;
        }
        return pack(t, count, words);
    }

    /** Encodes {@code count} 64-bit elements from {@code off}. */
    public static byte[] encodeLongs(long[] src, int off, int count, Transform t) {
        Objects.checkFromIndexSize(off, count, src.length);
        int[] words = new int[2 * padded(count)];
        long last = 0;
        for (int i = 0; i < count; i++) {
            long x = src[off + i];
            long d = x - last;
            long y = t == Transform.NONE ? x : t == Transform.DELTA ? d : d << 1 ^ d >> 63;
            words[i] = (int) y;
            words[padded(count) + i] = (int) (y >>> 32);
            last = x;
        }
        return pack(t, count, words);
    }

    /**
     * Encodes bytes, taken as little-endian elements.
     *
     * @param elementSize 4 or 8
     * @throws MalformedDataException if {@code byteCount} is not a multiple of {@code elementSize}
     */
    public static byte[] encodeBytes(byte[] src, int off, int byteCount, int elementSize, Transform t) {
        Objects.checkFromIndexSize(off, byteCount, src.length);
        int count = elements(byteCount, elementSize);
        if (elementSize == Integer.BYTES) {
            int[] values = new int[count];
            for (int i = 0; i < count; i++) {
                values[i] = (int) INT.get(src, off + 4 * i);
            }
            return encodeInts(values, 0, count, t);
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = (long) LONG.get(src, off + 8 * i);
        }
        return encodeLongs(values, 0, count, t);
    }

    /** Unpacks the block at {@code at} and returns where the next one starts. */
    private static int unpack(byte[] src, int off, int len, int at, int[] block) {
        if (at >= len) {
            throw new MalformedDataException("bit packing: the width of a block is missing at byte offset " + at);
        }
        int width = src[off + at] & 0xFF;
        if (width > MAX_WIDTH) {
            throw new MalformedDataException("bit packing: width " + width + " at byte offset " + at + " is above 32");
        }
        int payload = at + 1;
        if (16 * width > len - payload) {
            throw new MalformedDataException("bit packing: a block of " + 16 * width + " bytes starts at byte offset "
                    + payload + ", the stream ends at " + len);
        }
        for (int i = 0; i < BLOCK; i++) {
            int bit = (i >>> 2) * width;
            int word = off + payload + 16 * (bit >>> 5) + 4 * (i & 3);
            long bits = width == 0 ? 0 : (int) INT.get(src, word) & 0xFFFFFFFFL;
            if ((bit & 31) + width > 32) {
                bits |= (long) (int) INT.get(src, word + 16) << 32;
            }
            block[i] = (int) (bits >>> (bit & 31) & (1L << width) - 1);
        }
        return payload + 16 * width;
    }

    private static byte[] pack(Transform t, int count, int[] words) {
        byte[] out = new byte[Math.toIntExact(HEADER_BYTES + words.length / BLOCK * (1L + 4 * BLOCK))];
        out[0] = t.id();
        INT.set(out, 1, count);
        int at = HEADER_BYTES;
        for (int start = 0; start < words.length; start += BLOCK) {
            int or = 0;
            for (int i = 0; i < BLOCK; i++) {
                or |= words[start + i];
            }
            int width = 32 - Integer.numberOfLeadingZeros(or);
            out[at++] = (byte) width;
            for (int i = 0; i < BLOCK && width > 0; i++) {
                int bit = (i >>> 2) * width;
                int word = at + 16 * (bit >>> 5) + 4 * (i & 3);
                INT.set(out, word, (int) INT.get(out, word) | words[start + i] << (bit & 31));
                if ((bit & 31) + width > 32) {
                    INT.set(out, word + 16, words[start + i] >>> 32 - (bit & 31));
                }
            }
            at += 16 * width;
        }
        return Arrays.copyOf(out, at);
    }

    private static Transform transform(byte id) {
        return switch (id) {
            case 0 -> Transform.NONE;
            case 1 -> Transform.DELTA;
            case 2 -> Transform.DELTA_ZIGZAG;
            default -> throw new MalformedDataException(
                    "bit packing: unknown transform " + (id & 0xFF) + " at byte offset 0");
        };
    }

    private static int elements(int byteCount, int elementSize) {
        if (elementSize != Integer.BYTES && elementSize != Long.BYTES) {
            throw new MalformedDataException("bit packing: element size " + elementSize + ", the format has 4 and 8");
        }
        if (byteCount % elementSize != 0) {
            throw new MalformedDataException("bit packing: " + byteCount
                    + " bytes are not a whole number of elements of " + elementSize + " bytes");
        }
        return byteCount / elementSize;
    }

    private static void requireCount(int stated, int expected) {
        if (stated != expected) {
            throw new MalformedDataException("bit packing: the header at byte offset 1 states " + stated
                    + " elements where " + expected + " are expected");
        }
    }

    private static int padded(int count) {
        return Math.toIntExact((count + BLOCK - 1L) / BLOCK * BLOCK);
    }
}
