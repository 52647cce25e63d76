package io.hox.matrix;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/** Copies of chosen elements, in the type they are stored with. */
final class Gather {

    private Gather() {}

    /** The elements at {@code from[0..n)}, in that order. */
    static Values pick(Values source, int[] from, int n) {
        Values picked = Values.allocate(source.type(), n);
        pick(source, from, n, picked);
        return picked;
    }

    /** Puts the elements at {@code from[0..n)} into a buffer of the same type, in that order. */
    static void pick(Values source, int[] from, int n, Values picked) {
        switch (source.type()) {
            case BOOL, INT8, UINT8 -> {
                byte[] in = source.bytes();
                byte[] out = picked.bytes();
                for (int i = 0; i < n; i++) {
                    out[i] = in[from[i]];
                }
            }
            case INT16, UINT16 -> {
                short[] in = source.shorts();
                short[] out = picked.shorts();
                for (int i = 0; i < n; i++) {
                    out[i] = in[from[i]];
                }
            }
            case INT32, UINT32 -> {
                int[] in = source.ints();
                int[] out = picked.ints();
                for (int i = 0; i < n; i++) {
                    out[i] = in[from[i]];
                }
            }
            case INT64, UINT64 -> {
                long[] in = source.longs();
                long[] out = picked.longs();
                for (int i = 0; i < n; i++) {
                    out[i] = in[from[i]];
                }
            }
            case FLOAT32 -> {
                float[] in = source.floats();
                float[] out = picked.floats();
                for (int i = 0; i < n; i++) {
                    out[i] = in[from[i]];
                }
            }
            case FLOAT64 -> {
                double[] in = source.doubles();
                double[] out = picked.doubles();
                for (int i = 0; i < n; i++) {
                    out[i] = in[from[i]];
                }
            }
        }
    }

    /** Puts the given columns of each row of a C-ordered matrix into a buffer of the same type, one row after the other. */
    static void columns(Values source, int rows, int rowLength, int[] columns, Values picked) {
        int width = columns.length;
        DataType type = source.type();
        for (int row = 0; row < rows; row++) {
            int from = row * rowLength;
            int to = row * width;
            switch (type) {
                case BOOL, INT8, UINT8 -> {
                    byte[] in = source.bytes();
                    byte[] out = picked.bytes();
                    for (int i = 0; i < width; i++) {
                        out[to + i] = in[from + columns[i]];
                    }
                }
                case INT16, UINT16 -> {
                    short[] in = source.shorts();
                    short[] out = picked.shorts();
                    for (int i = 0; i < width; i++) {
                        out[to + i] = in[from + columns[i]];
                    }
                }
                case INT32, UINT32 -> {
                    int[] in = source.ints();
                    int[] out = picked.ints();
                    for (int i = 0; i < width; i++) {
                        out[to + i] = in[from + columns[i]];
                    }
                }
                case INT64, UINT64 -> {
                    long[] in = source.longs();
                    long[] out = picked.longs();
                    for (int i = 0; i < width; i++) {
                        out[to + i] = in[from + columns[i]];
                    }
                }
                case FLOAT32 -> {
                    float[] in = source.floats();
                    float[] out = picked.floats();
                    for (int i = 0; i < width; i++) {
                        out[to + i] = in[from + columns[i]];
                    }
                }
                case FLOAT64 -> {
                    double[] in = source.doubles();
                    double[] out = picked.doubles();
                    for (int i = 0; i < width; i++) {
                        out[to + i] = in[from + columns[i]];
                    }
                }
            }
        }
    }

    /** Puts the elements {@code at..at + n} to the places {@code to[0..n)} of a buffer of the same type. */
    static void scatter(Values source, int at, int[] to, int n, Values target) {
        switch (source.type()) {
            case BOOL, INT8, UINT8 -> {
                byte[] in = source.bytes();
                byte[] out = target.bytes();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[at + i];
                }
            }
            case INT16, UINT16 -> {
                short[] in = source.shorts();
                short[] out = target.shorts();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[at + i];
                }
            }
            case INT32, UINT32 -> {
                int[] in = source.ints();
                int[] out = target.ints();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[at + i];
                }
            }
            case INT64, UINT64 -> {
                long[] in = source.longs();
                long[] out = target.longs();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[at + i];
                }
            }
            case FLOAT32 -> {
                float[] in = source.floats();
                float[] out = target.floats();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[at + i];
                }
            }
            case FLOAT64 -> {
                double[] in = source.doubles();
                double[] out = target.doubles();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[at + i];
                }
            }
        }
    }
}
