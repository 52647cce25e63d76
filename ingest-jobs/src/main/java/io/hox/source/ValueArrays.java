package io.hox.source;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/** Moves elements between typed buffers of one type. The loops are spelled out per width so that none of them boxes. */
public final class ValueArrays {
    private ValueArrays() {}

    /** The Java array of a buffer. */
    public static Object array(Values values) {
        return switch (values.type()) {
            case BOOL, INT8, UINT8 -> values.bytes();
            case INT16, UINT16 -> values.shorts();
            case INT32, UINT32 -> values.ints();
            case INT64, UINT64 -> values.longs();
            case FLOAT32 -> values.floats();
            case FLOAT64 -> values.doubles();
        };
    }

    public static void copy(Values from, int start, Values to, int at, int n) {
        System.arraycopy(array(from), start, array(to), at, n);
    }

    public static Values slice(Values from, int start, int n) {
        Values slice = Values.allocate(from.type(), n);
        copy(from, start, slice, 0, n);
        return slice;
    }

    /** Puts element {@code i} at {@code targets[i]} for the first {@code n}; a negative target drops it. */
    public static void scatter(Values from, int[] targets, int n, Values to) {
        switch (from.type()) {
            case BOOL, INT8, UINT8 -> {
                byte[] source = from.bytes();
                byte[] target = to.bytes();
                for (int i = 0; i < n; i++) {
                    if (targets[i] >= 0) {
                        target[targets[i]] = source[i];
                    }
                }
            }
            case INT16, UINT16 -> {
                short[] source = from.shorts();
                short[] target = to.shorts();
                for (int i = 0; i < n; i++) {
                    if (targets[i] >= 0) {
                        target[targets[i]] = source[i];
                    }
                }
            }
            case INT32, UINT32 -> {
                int[] source = from.ints();
                int[] target = to.ints();
                for (int i = 0; i < n; i++) {
                    if (targets[i] >= 0) {
                        target[targets[i]] = source[i];
                    }
                }
            }
            case INT64, UINT64 -> {
                long[] source = from.longs();
                long[] target = to.longs();
                for (int i = 0; i < n; i++) {
                    if (targets[i] >= 0) {
                        target[targets[i]] = source[i];
                    }
                }
            }
            case FLOAT32 -> {
                float[] source = from.floats();
                float[] target = to.floats();
                for (int i = 0; i < n; i++) {
                    if (targets[i] >= 0) {
                        target[targets[i]] = source[i];
                    }
                }
            }
            case FLOAT64 -> {
                double[] source = from.doubles();
                double[] target = to.doubles();
                for (int i = 0; i < n; i++) {
                    if (targets[i] >= 0) {
                        target[targets[i]] = source[i];
                    }
                }
            }
        }
    }

    public static boolean isZero(Values values, int i) {
        return switch (values.type()) {
            case BOOL, INT8, UINT8 -> values.bytes()[i] == 0;
            case INT16, UINT16 -> values.shorts()[i] == 0;
            case INT32, UINT32 -> values.ints()[i] == 0;
            case INT64, UINT64 -> values.longs()[i] == 0;
            case FLOAT32 -> values.floats()[i] == 0;
            case FLOAT64 -> values.doubles()[i] == 0;
        };
    }

    /**
     * Adds element {@code from} to element {@code to} in the stored type.
     *
     * @return false where the sum of whole numbers does not fit the type; booleans are or-ed
     */
    public static boolean add(Values values, int to, int from) {
        DataType type = values.type();
        switch (type) {
            case FLOAT32 -> values.floats()[to] += values.floats()[from];
            case FLOAT64 -> values.doubles()[to] += values.doubles()[from];
            case BOOL -> values.bytes()[to] |= values.bytes()[from];
            case INT64, UINT64 -> {
                long a = values.longs()[to];
                long b = values.longs()[from];
                long sum = a + b;
                values.longs()[to] = sum;
                boolean unsigned = type == DataType.UINT64;
                return unsigned ? Long.compareUnsigned(sum, a) >= 0 : ((a ^ sum) & (b ^ sum)) >= 0;
            }
            default -> {
                long sum = whole(values, to) + whole(values, from);
                return store(values, to, sum);
            }
        }
        return true;
    }

    /** A whole number of at most 32 bits, unsigned ones as such. */
    private static long whole(Values values, int i) {
        return switch (values.type()) {
            case INT8 -> values.bytes()[i];
            case UINT8 -> values.bytes()[i] & 0xff;
            case INT16 -> values.shorts()[i];
            case UINT16 -> values.shorts()[i] & 0xffff;
            case INT32 -> values.ints()[i];
            default -> values.ints()[i] & 0xffff_ffffL;
        };
    }

    private static boolean store(Values values, int i, long value) {
        switch (values.type()) {
            case INT8, UINT8 -> values.bytes()[i] = (byte) value;
            case INT16, UINT16 -> values.shorts()[i] = (short) value;
            default -> values.ints()[i] = (int) value;
        }
        return whole(values, i) == value;
    }
}
