package io.hox.stored;

/** Floats of 16 bits. */
public final class HalfFloat {
    private HalfFloat() {}

    /** The float of the same value. */
    public static float toFloat(short half) {
        int sign = half >> 15 << 31;
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float subnormal = fraction * 0x1p-24f;
            return sign == 0 ? subnormal : -subnormal;
        }
        int widened = exponent == 0x1f ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
    }
}
