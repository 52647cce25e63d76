package io.hox.codec;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Bit packing bit by bit, straight from the definition of the format: slow, and simple enough to be right. */
final class ReferenceBitPacking {
    private ReferenceBitPacking() {}

    /** Encodes elements of {@code bits} (32 or 64) bits. */
    static byte[] encode(long[] elements, int bits, Transform transform) {
        long[] values = new long[(elements.length + 127) / 128 * 128];
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
        BigInteger last = BigInteger.ZERO;
        for (int i = 0; i < elements.length; i++) {
            BigInteger x = BigInteger.valueOf(elements[i]).mod(modulus);
            values[i] = transformed(x, x.subtract(last).mod(modulus), bits, transform)
                    .longValue();
            last = x;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(transform.id());
        for (int i = 0; i < 4; i++) {
            out.write(elements.length >>> 8 * i);
        }
        for (int shift = 0; shift < bits; shift += 32) {
            for (int start = 0; start < values.length; start += 128) {
                out.writeBytes(block(values, start, shift));
            }
        }
        return out.toByteArray();
    }

    private static BigInteger transformed(BigInteger x, BigInteger difference, int bits, Transform transform) {
        if (transform == Transform.NONE) {
            return x;
        }
        if (transform == Transform.DELTA) {
            return difference;
        }
        BigInteger twice = difference.shiftLeft(1);
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
        return difference.testBit(bits - 1)
                ? modulus.shiftLeft(1).subtract(twice).subtract(BigInteger.ONE)
                : twice;
    }

    private static byte[] block(long[] values, int start, int shift) {
        int[] words = new int[128];
        int width = 0;
        for (int i = 0; i < 128; i++) {
            words[i] = (int) (values[start + i] >>> shift);
            width = Math.max(width, 32 - Integer.numberOfLeadingZeros(words[i]));
        }
        byte[] out = new byte[1 + 16 * width];
        out[0] = (byte) width;
        for (int i = 0; i < 128; i++) {
            for (int j = 0; j < width; j++) {
                int p = i / 4 * width + j;
                int at = 1 + 16 * (p / 32) + 4 * (i % 4) + p % 32 / 8;
                out[at] |= (byte) ((words[i] >>> j & 1) << p % 8);
            }
        }
        return out;
    }
}
