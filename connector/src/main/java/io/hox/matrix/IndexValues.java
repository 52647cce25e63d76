package io.hox.matrix;

import io.hox.zarr.Values;

/** Feature indices of other types than 32-bit integers. */
final class IndexValues {

    private IndexValues() {}

    /** The indices as ints; those that no layout can have become -1. */
    static int[] toInts(Values values) {
        int n = values.length();
        int[] ints = new int[n];
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
        return ints;
    }
}
