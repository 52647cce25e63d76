package io.hox.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the values, widths, lengths and offsets: packing is the definition of the format, and unpacking undoes it. */
class BitPackingPropertyTest {
    private static final byte GUARD = (byte) 0xA5;

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void intsSurviveAtAnyOffset(
            @ForAll long seed,
            @ForAll @IntRange(max = 32) int width,
            @ForAll @IntRange(max = 400) int count,
            @ForAll Transform transform,
            @ForAll @IntRange(max = 9) int shift) {
        long[] values = values(seed, width, count);
        byte[] expected = ReferenceBitPacking.encode(values, 32, transform);

        byte[] bytes = shifted(littleEndian(values, 4), shift);
        assertThat(BitPacking.encodeBytes(bytes, shift, 4 * count, 4, transform))
                .isEqualTo(expected);
        int[] ints = shifted(Arrays.stream(values).mapToInt(v -> (int) v).toArray(), shift);
        assertThat(BitPacking.encodeInts(ints, shift, count, transform)).isEqualTo(expected);

        byte[] stream = shifted(expected, shift);
        int[] outInts = new int[ints.length];
        BitPacking.decodeInts(stream, shift, expected.length, outInts, shift, count);
        assertThat(outInts).isEqualTo(ints);
        assertThat(decodedBytes(stream, shift, expected.length, 4, bytes.length))
                .isEqualTo(bytes);
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void longsSurviveAtAnyOffset(
            @ForAll long seed,
            @ForAll @IntRange(max = 64) int width,
            @ForAll @IntRange(max = 400) int count,
            @ForAll Transform transform,
            @ForAll @IntRange(max = 9) int shift) {
        long[] values = values(seed, width, count);
        byte[] expected = ReferenceBitPacking.encode(values, 64, transform);

        byte[] bytes = shifted(littleEndian(values, 8), shift);
        assertThat(BitPacking.encodeBytes(bytes, shift, 8 * count, 8, transform))
                .isEqualTo(expected);
        long[] longs = new long[shift + count + shift];
        System.arraycopy(values, 0, longs, shift, count);
        assertThat(BitPacking.encodeLongs(longs, shift, count, transform)).isEqualTo(expected);

        byte[] stream = shifted(expected, shift);
        long[] outLongs = new long[longs.length];
        BitPacking.decodeLongs(stream, shift, expected.length, outLongs, shift, count);
        assertThat(outLongs).isEqualTo(longs);
        assertThat(decodedBytes(stream, shift, expected.length, 8, bytes.length))
                .isEqualTo(bytes);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void everyTruncationIsRefused(
            @ForAll long seed,
            @ForAll @IntRange(max = 33) int width,
            @ForAll @IntRange(min = 1, max = 300) int count,
            @ForAll Transform transform,
            @ForAll boolean wide) {
        int elementSize = wide ? 8 : 4;
        byte[] input = littleEndian(values(seed, width, count), elementSize);
        byte[] encoded = BitPacking.encodeBytes(input, 0, input.length, elementSize, transform);
        byte[] out = new byte[input.length];
        for (int length = 0; length < encoded.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> BitPacking.decodeBytes(encoded, 0, cut, elementSize, out, 0, out.length))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining("byte");
        }
        BitPacking.decodeBytes(encoded, 0, encoded.length, elementSize, out, 0, out.length);
        assertThat(out).isEqualTo(input);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void corruptBytesDecodeOrAreRefusedAndNothingOutsideTheTargetIsWritten(
            @ForAll long seed,
            @ForAll @IntRange(max = 33) int width,
            @ForAll @IntRange(max = 400) int count,
            @ForAll Transform transform,
            @ForAll @IntRange(min = 1, max = 40) int flips,
            @ForAll boolean wide) {
        int elementSize = wide ? 8 : 4;
        Random random = new Random(seed);
        byte[] input = littleEndian(values(seed, width, count), elementSize);
        byte[] encoded = BitPacking.encodeBytes(input, 0, input.length, elementSize, transform);
        for (int i = 0; i < flips; i++) {
            // Half of the changes where it hurts: header and first width.
            int at = random.nextInt(random.nextBoolean() ? Math.min(6, encoded.length) : encoded.length);
            encoded[at] = (byte) random.nextInt();
        }
        byte[] target = new byte[64 + input.length + 64];
        Arrays.fill(target, GUARD);
        try {
            BitPacking.decodeBytes(encoded, 0, encoded.length, elementSize, target, 64, input.length);
        } catch (MalformedDataException e) {
            assertThat(e).hasMessageContaining("byte offset");
        }
        assertThat(Arrays.copyOf(target, 64)).containsOnly(GUARD);
        assertThat(Arrays.copyOfRange(target, 64 + input.length, target.length)).containsOnly(GUARD);
    }

    /** The target inside a larger array, whose other bytes must come back as they were. */
    private static byte[] decodedBytes(byte[] stream, int shift, int length, int elementSize, int targetLength) {
        byte[] target = new byte[targetLength];
        BitPacking.decodeBytes(stream, shift, length, elementSize, target, shift, targetLength - 2 * shift);
        return target;
    }

    /** Values of at most {@code width} bits; in some stretches narrower ones, so that blocks differ in width. */
    private static long[] values(long seed, int width, int count) {
        Random random = new Random(seed);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            int narrower = (i / 128 & 1) == 0 ? width : width / 2;
            values[i] = narrower == 0 ? 0 : random.nextLong() >>> 64 - narrower;
        }
        return values;
    }

    private static byte[] littleEndian(long[] values, int elementSize) {
        ByteBuffer out = ByteBuffer.allocate(values.length * elementSize).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            if (elementSize == 4) {
                out.putInt((int) value);
            } else {
                out.putLong(value);
            }
        }
        return out.array();
    }

    private static byte[] shifted(byte[] bytes, int shift) {
        byte[] out = new byte[shift + bytes.length + shift];
        System.arraycopy(bytes, 0, out, shift, bytes.length);
        return out;
    }

    private static int[] shifted(int[] ints, int shift) {
        int[] out = new int[shift + ints.length + shift];
        System.arraycopy(ints, 0, out, shift, ints.length);
        return out;
    }
}
