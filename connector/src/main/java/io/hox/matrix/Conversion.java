package io.hox.matrix;

import io.hox.atlas.Promotion;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/** Stored values to column values. Nothing is copied where only the name of the type changes. */
final class Conversion {

    /** Told about the element that has no place in the column's type; throws. */
    interface OutOfRange {
        RuntimeException at(int element, String value);
    }

    private Conversion() {}

    /** Whether values stored as {@code from} can become a column of type {@code to}. */
    static boolean possible(DataType from, DataType to) {
        return ColumnTypes.of(from) == to || Promotion.common(from, to) == to;
    }

    /**
     * Converts the first {@code n} values; what lies behind them in the result has no meaning.
     *
     * @param values stored values, given up by the caller: the result may be in their array
     * @param to a type that {@link #possible} allows
     */
    static Values convert(Values values, int n, DataType to, OutOfRange outOfRange) {
        DataType from = values.type();
        if (from == to) {
            return values;
        }
        return switch (to) {
            case INT8 -> Values.of(to, values.bytes());
            case INT16 -> Values.of(to, toShorts(values, n));
            case INT32 -> Values.of(
                    to, from == DataType.UINT32 ? checked(values.ints(), n, outOfRange) : toInts(values, n));
            case INT64 -> Values.of(
                    to, from == DataType.UINT64 ? checked(values.longs(), n, outOfRange) : toLongs(values, n));
            case FLOAT32 -> Values.of(to, toFloats(values, n));
            case FLOAT64 -> Values.of(to, toDoubles(values, n));
            default -> throw new IllegalStateException(from + " does not become " + to);
        };
    }

    private static int[] checked(int[] values, int n, OutOfRange outOfRange) {
        int all = 0;
        for (int i = 0; i < n; i++) {
            all |= values[i];
        }
        if (all < 0) {
            for (int i = 0; i < n; i++) {
                if (values[i] < 0) {
                    throw outOfRange.at(i, Integer.toUnsignedString(values[i]));
                }
            }
        }
        return values;
    }

    private static long[] checked(long[] values, int n, OutOfRange outOfRange) {
        long all = 0;
        for (int i = 0; i < n; i++) {
            all |= values[i];
        }
        if (all < 0) {
            for (int i = 0; i < n; i++) {
                if (values[i] < 0) {
                    throw outOfRange.at(i, Long.toUnsignedString(values[i]));
                }
            }
        }
        return values;
    }

    private static short[] toShorts(Values values, int n) {
        byte[] in = values.bytes();
        int mask = values.type() == DataType.INT8 ? -1 : 0xff;
        short[] out = new short[n];
        for (int i = 0; i < n; i++) {
            out[i] = (short) (in[i] & mask);
        }
        return out;
    }

    private static int[] toInts(Values values, int n) {
        int[] out = new int[n];
        switch (values.type()) {
            case BOOL, INT8, UINT8 -> {
                byte[] in = values.bytes();
                int mask = values.type() == DataType.INT8 ? -1 : 0xff;
                for (int i = 0; i < n; i++) {
                    out[i] = in[i] & mask;
                }
            }
            default -> {
                short[] in = values.shorts();
                int mask = values.type() == DataType.INT16 ? -1 : 0xffff;
                for (int i = 0; i < n; i++) {
                    out[i] = in[i] & mask;
                }
            }
        }
        return out;
    }

    private static long[] toLongs(Values values, int n) {
        if (values.type() == DataType.INT64) {
            return values.longs();
        }
        boolean wide = values.type() == DataType.INT32 || values.type() == DataType.UINT32;
        int[] in = wide ? values.ints() : toInts(values, n);
        long mask = values.type() == DataType.UINT32 ? 0xffffffffL : -1;
        long[] out = new long[n];
        for (int i = 0; i < n; i++) {
            out[i] = in[i] & mask;
        }
        return out;
    }

    private static float[] toFloats(Values values, int n) {
        int[] in = toInts(values, n);
        float[] out = new float[n];
        for (int i = 0; i < n; i++) {
            out[i] = in[i];
        }
        return out;
    }

    private static double[] toDoubles(Values values, int n) {
        double[] out = new double[n];
        switch (values.type()) {
            case FLOAT32 -> {
                float[] in = values.floats();
                for (int i = 0; i < n; i++) {
                    out[i] = in[i];
                }
            }
            case UINT64 -> {
                long[] in = values.longs();
                for (int i = 0; i < n; i++) {
                    out[i] = unsigned(in[i]);
                }
            }
            default -> {
                long[] in = toLongs(values, n);
                for (int i = 0; i < n; i++) {
                    out[i] = in[i];
                }
            }
        }
        return out;
    }

    private static double unsigned(long value) {
        // Halved with the lost bit kept, so that rounding is that of the exact value.
        return value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
    }
}
