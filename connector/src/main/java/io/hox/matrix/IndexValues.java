package io.hox.matrix;

import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;

/** Feature indices of other types than 32-bit integers. */
public final class IndexValues {

    private IndexValues() {}

    /** The indices as ints; those that no layout can have become -1. */
    public static int[] toInts(Values values) {
        int[] ints = new int[values.length()];
        toInts(values, ints.length, ints);
        return ints;
    }

    /** The first {@code n} indices as ints. */
    static void toInts(Values values, int n, int[] ints) {
        switch (values.type()) {
            case BOOL, UINT8 -> {
                byte[] in = values.bytes();
                for (int i = 0; i < n; i++) {
                    ints[i] = in[i] & 0xff;
                }
            }
            case INT8 -> {
                byte[] in = values.bytes();
                for (int i = 0; i < n; i++) {
                    ints[i] = in[i];
                }
            }
            case UINT16 -> {
                short[] in = values.shorts();
                for (int i = 0; i < n; i++) {
                    ints[i] = in[i] & 0xffff;
                }
            }
            case INT16 -> {
                short[] in = values.shorts();
                for (int i = 0; i < n; i++) {
                    ints[i] = in[i];
                }
            }
            case INT64, UINT64 -> {
                long[] in = values.longs();
                for (int i = 0; i < n; i++) {
                    ints[i] = in[i] == (int) in[i] ? (int) in[i] : -1;
                }
            }
            default -> throw new IllegalStateException("indices of type " + values.type());
        }
    }

    /** One element of an index array as it is stored, for an error. */
    static String show(ZarrArray array, long element) {
        Values value = array.readRanges(new long[] {element}, new long[] {element + 1}, 1);
        return switch (value.type()) {
            case UINT64 -> Long.toUnsignedString(value.longs()[0]);
            case INT64 -> Long.toString(value.longs()[0]);
            case UINT32 -> Integer.toUnsignedString(value.ints()[0]);
            case INT32 -> Integer.toString(value.ints()[0]);
            default -> Integer.toString(toInts(value)[0]);
        };
    }
}
