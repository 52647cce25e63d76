package io.hox.matrix;

import io.hox.zarr.Values;
import java.util.Arrays;

/**
 * Sums the values of repeated indices, in the type of the column: exactly for integers, as numpy does for floats, and
 * as a logical or for booleans.
 */
final class Join {

    /** Told about the entry whose sum has no place in the column's type; throws. */
    interface Overflow {
        RuntimeException at(int entry);
    }

    private Join() {}

    /** The {@code n} sums of {@code values[runs[i]..runs[i + 1])}; the buffer is given up by the caller. */
    static Values runs(Values values, int[] runs, int n, Overflow overflow) {
        return switch (values.type()) {
            case BOOL -> Values.of(values.type(), or(values.bytes(), runs, n));
            case INT8 -> Values.of(values.type(), sum(values.bytes(), runs, n, overflow));
            case INT16 -> Values.of(values.type(), sum(values.shorts(), runs, n, overflow));
            case INT32 -> Values.of(values.type(), sum(values.ints(), runs, n, overflow));
            case INT64 -> Values.of(values.type(), sum(values.longs(), runs, n, overflow));
            case FLOAT32 -> Values.of(values.type(), sum(values.floats(), runs, n));
            case FLOAT64 -> Values.of(values.type(), sum(values.doubles(), runs, n));
            default -> throw new IllegalStateException("no column has the type " + values.type());
        };
    }

    // Each sum is written at or before the place of its first term, which is read before.
    // Fewer than 2^31 terms of up to 32 bits: a 64-bit sum of them is exact.

    private static byte[] or(byte[] values, int[] runs, int n) {
        for (int i = 0; i < n; i++) {
            int any = 0;
            for (int k = runs[i]; k < runs[i + 1]; k++) {
                any |= values[k];
            }
            values[i] = (byte) (any == 0 ? 0 : 1);
        }
        return Arrays.copyOf(values, n);
    }

    private static byte[] sum(byte[] values, int[] runs, int n, Overflow overflow) {
        for (int i = 0; i < n; i++) {
            long sum = 0;
            for (int k = runs[i]; k < runs[i + 1]; k++) {
                sum += values[k];
            }
            if (sum != (byte) sum) {
                throw overflow.at(i);
            }
            values[i] = (byte) sum;
        }
        return Arrays.copyOf(values, n);
    }

    private static short[] sum(short[] values, int[] runs, int n, Overflow overflow) {
        for (int i = 0; i < n; i++) {
            long sum = 0;
            for (int k = runs[i]; k < runs[i + 1]; k++) {
                sum += values[k];
            }
            if (sum != (short) sum) {
                throw overflow.at(i);
            }
            values[i] = (short) sum;
        }
        return Arrays.copyOf(values, n);
    }

    private static int[] sum(int[] values, int[] runs, int n, Overflow overflow) {
        for (int i = 0; i < n; i++) {
            long sum = 0;
            for (int k = runs[i]; k < runs[i + 1]; k++) {
                sum += values[k];
            }
            if (sum != (int) sum) {
                throw overflow.at(i);
            }
            values[i] = (int) sum;
        }
        return Arrays.copyOf(values, n);
    }

    private static long[] sum(long[] values, int[] runs, int n, Overflow overflow) {
        for (int i = 0; i < n; i++) {
            long sum = 0;
            for (int k = runs[i]; k < runs[i + 1]; k++) {
                long term = values[k];
                long next = sum + term;
                if (((sum ^ next) & (term ^ next)) < 0) {
                    throw overflow.at(i);
                }
                sum = next;
            }
            values[i] = sum;
        }
        return Arrays.copyOf(values, n);
    }

    private static float[] sum(float[] values, int[] runs, int n) {
        for (int i = 0; i < n; i++) {
            float sum = values[runs[i]];
            for (int k = runs[i] + 1; k < runs[i + 1]; k++) {
                sum += values[k];
            }
            values[i] = sum;
        }
        return Arrays.copyOf(values, n);
    }

    private static double[] sum(double[] values, int[] runs, int n) {
        for (int i = 0; i < n; i++) {
            double sum = values[runs[i]];
            for (int k = runs[i] + 1; k < runs[i + 1]; k++) {
                sum += values[k];
            }
            values[i] = sum;
        }
        return Arrays.copyOf(values, n);
    }
}
