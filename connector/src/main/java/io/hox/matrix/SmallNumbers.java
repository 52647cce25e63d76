package io.hox.matrix;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/**
 * The conversion that nearly all counts take, in one pass: whole numbers from 0 to 2^31 - 1 into a type of 32 bits,
 * signed or not.
 */
final class SmallNumbers {
    private SmallNumbers() {}

    /** The converted values, which may share the memory of the given ones; null if one of them is not such a number. */
    static Values convert(Values values, DataType target) {
        int n = values.length();
        return switch (values.type()) {
            case FLOAT32 -> {
                int[] out = new int[n];
                yield ofFloats(values.floats(), out, n) ? Values.of(target, out) : null;
            }
            case FLOAT64 -> {
                int[] out = new int[n];
                yield ofDoubles(values.doubles(), out, n) ? Values.of(target, out) : null;
            }
            case INT64, UINT64 -> {
                int[] out = new int[n];
                yield ofLongs(values.longs(), out, n) ? Values.of(target, out) : null;
            }
            case INT32, UINT32 -> noneIsNegative(values.ints(), n) ? Values.of(target, values.ints()) : null;
            default -> null;
        };
    }

    // A cast saturates and makes NaN 0: what comes back equal was a whole number within the range.
    // 2^31 comes back equal, too, from 2^31 - 1 as a float; so the largest int is left to others.

    private static boolean ofFloats(float[] in, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            float value = in[i];
            int whole = (int) value;
            out[i] = whole;
            if (whole != value || whole < 0 || whole == Integer.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    private static boolean ofDoubles(double[] in, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            double value = in[i];
            int whole = (int) value;
            out[i] = whole;
            if (whole != value || whole < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean ofLongs(long[] in, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            long value = in[i];
            if (value < 0 || value > Integer.MAX_VALUE) {
                return false;
            }
            out[i] = (int) value;
        }
        return true;
    }

    private static boolean noneIsNegative(int[] in, int n) {
        int signs = 0;
        for (int i = 0; i < n; i++) {
            signs |= in[i];
        }
        return signs >= 0;
    }
}
