package io.hox.codec;

import io.hox.HoxException;
import java.nio.ByteBuffer;
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

    /** Payload bytes of a block for each bit of its width. */
    static final int WIDTH_BYTES = BLOCK / Byte.SIZE;

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
        long count = Memory.UNSAFE.getInt(src, Memory.BYTES + off + 1) & 0xFFFFFFFFL;
        if (count > Integer.MAX_VALUE || blocks((int) count) > len - HEADER_BYTES) {
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
        long to = Memory.INTS + (long) dstOff * Integer.BYTES;
        BlockDecoder.words(open(src, off, len, count), transform(src[off]), dst, to, count);
    }

    /**
     * Decodes a stream of 64-bit elements.
     *
     * @param count the expected element count; the stream must state the same
     * @throws MalformedDataException if the stream breaks the format or has another element count
     */
    public static void decodeLongs(byte[] src, int off, int len, long[] dst, int dstOff, int count) {
        Objects.checkFromIndexSize(dstOff, count, dst.length);
        long to = Memory.LONGS + (long) dstOff * Long.BYTES;
        BlockDecoder.doubleWords(open(src, off, len, count), transform(src[off]), dst, to, count);
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
        BlockReader reader = open(src, off, len, count);
        if (elementSize == Integer.BYTES) {
            BlockDecoder.words(reader, transform(src[off]), dst, Memory.BYTES + dstOff, count);
        } else {
            BlockDecoder.doubleWords(reader, transform(src[off]), dst, Memory.BYTES + dstOff, count);
        }
    }

    /**
     * The longest stream that {@code count} elements can need.
     *
     * @param elementSize 4 or 8
     * @throws HoxException if it does not fit an array
     */
    public static int longest(int count, int elementSize) {
        int series = elementSize / Integer.BYTES;
        long worst = HEADER_BYTES + (long) series * blocks(count) * (1 + WIDTH_BYTES * MAX_WIDTH);
        if (worst > Integer.MAX_VALUE - Long.BYTES) {
            throw new HoxException("bit packing: " + count + " elements of " + elementSize + " bytes may need " + worst
                    + " bytes in one stream, more than an array holds; use smaller chunks");
        }
        return (int) worst;
    }

    /** Encodes {@code count} 32-bit elements from {@code off}. */
    public static byte[] encodeInts(int[] src, int off, int count, Transform t) {
        byte[] out = new byte[longest(count, Integer.BYTES)];
        return Arrays.copyOf(out, encodeInts(src, off, count, t, out, 0));
    }

    /**
     * Encodes {@code count} 32-bit elements into an array.
     *
     * @param out has room for {@link #longest} bytes from {@code at} on; what lies behind the stream is undefined
     * @return bytes written
     */
    public static int encodeInts(int[] src, int off, int count, Transform t, byte[] out, int at) {
        Objects.checkFromIndexSize(off, count, src.length);
        begin(count, Integer.BYTES, t, out, at);
        return BlockEncoder.words(src, off, count, t, out, at + HEADER_BYTES) - at;
    }

    /** Encodes {@code count} 64-bit elements from {@code off}. */
    public static byte[] encodeLongs(long[] src, int off, int count, Transform t) {
        byte[] out = new byte[longest(count, Long.BYTES)];
        return Arrays.copyOf(out, encodeLongs(src, off, count, t, out, 0));
    }

    /** Encodes {@code count} 64-bit elements into an array, as {@link #encodeInts(int[], int, int, Transform, byte[], int)}. */
    public static int encodeLongs(long[] src, int off, int count, Transform t, byte[] out, int at) {
        Objects.checkFromIndexSize(off, count, src.length);
        begin(count, Long.BYTES, t, out, at);
        return BlockEncoder.doubleWords(src, off, count, t, out, at + HEADER_BYTES) - at;
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
        ByteBuffer bytes = ByteBuffer.wrap(src, off, byteCount).order(ByteOrder.LITTLE_ENDIAN);
        if (elementSize == Integer.BYTES) {
            int[] ints = new int[count];
            bytes.asIntBuffer().get(ints);
            return encodeInts(ints, 0, count, t);
        }
        long[] longs = new long[count];
        bytes.asLongBuffer().get(longs);
        return encodeLongs(longs, 0, count, t);
    }

    private static void begin(int count, int elementSize, Transform t, byte[] out, int at) {
        Objects.checkFromIndexSize(at, longest(count, elementSize), out.length);
        out[at] = t.id();
        Memory.UNSAFE.putInt(out, Memory.BYTES + at + 1, count);
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

    private static BlockReader open(byte[] src, int off, int len, int expected) {
        int stated = elementCount(src, off, len);
        if (stated != expected) {
            throw new MalformedDataException("bit packing: the header at byte offset 1 states " + stated
                    + " elements where " + expected + " are expected");
        }
        return new BlockReader(src, off, len, HEADER_BYTES);
    }

    /** Blocks that hold {@code count} elements. */
    static int blocks(int count) {
        return (int) ((count + (BLOCK - 1L)) / BLOCK);
    }
}
