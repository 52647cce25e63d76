package io.hox.index;

import io.hox.codec.BitPacking;
import io.hox.codec.Transform;
import io.hox.zarr.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Moves values of any type: to other places, and into bytes and back. */
final class EntryValues {
    private EntryValues() {}

    /** Puts value {@code i} of the first {@code n} to place {@code to[i]}. */
    static void scatter(Values from, int n, int[] to, Values into) {
        switch (from.type().kind()) {
            case BYTES -> {
                byte[] in = from.bytes();
                byte[] out = into.bytes();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[i];
                }
            }
            case SHORTS -> {
                short[] in = from.shorts();
                short[] out = into.shorts();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[i];
                }
            }
            case INTS -> {
                int[] in = from.ints();
                int[] out = into.ints();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[i];
                }
            }
            case LONGS -> {
                long[] in = from.longs();
                long[] out = into.longs();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[i];
                }
            }
            case FLOATS -> {
                float[] in = from.floats();
                float[] out = into.floats();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[i];
                }
            }
            case DOUBLES -> {
                double[] in = from.doubles();
                double[] out = into.doubles();
                for (int i = 0; i < n; i++) {
                    out[to[i]] = in[i];
                }
            }
        }
    }

    /** Copies values of the same type. */
    static void copy(Values from, int at, Values into, int to, int n) {
        System.arraycopy(array(from), at, array(into), to, n);
    }

    private static Object array(Values values) {
        return switch (values.type().kind()) {
            case BYTES -> values.bytes();
            case SHORTS -> values.shorts();
            case INTS -> values.ints();
            case LONGS -> values.longs();
            case FLOATS -> values.floats();
            case DOUBLES -> values.doubles();
        };
    }

    /** The most bytes that {@link #encode} needs for {@code n} values. */
    static int longest(Values values, int n) {
        return switch (values.type().kind()) {
            case INTS, LONGS -> BitPacking.longest(n, values.type().bytes());
            default -> Math.multiplyExact(n, values.type().bytes());
        };
    }

    /** Writes values, whole numbers bit-packed; returns how many bytes that took. */
    static int encode(Values values, int from, int n, byte[] out, int at) {
        int length = longest(values, n);
        ByteBuffer bytes = ByteBuffer.wrap(out, at, length).order(ByteOrder.LITTLE_ENDIAN);
        switch (values.type().kind()) {
            case INTS -> {
                return BitPacking.encodeInts(values.ints(), from, n, Transform.NONE, out, at);
            }
            case LONGS -> {
                return BitPacking.encodeLongs(values.longs(), from, n, Transform.NONE, out, at);
            }
            case BYTES -> bytes.put(values.bytes(), from, n);
            case SHORTS -> bytes.asShortBuffer().put(values.shorts(), from, n);
            case FLOATS -> bytes.asFloatBuffer().put(values.floats(), from, n);
            case DOUBLES -> bytes.asDoubleBuffer().put(values.doubles(), from, n);
        }
        return length;
    }

    /** Reads what {@link #encode} wrote to the start of a buffer. */
    static void decode(byte[] in, int at, int length, Values into, int n) {
        ByteBuffer bytes = ByteBuffer.wrap(in, at, length).order(ByteOrder.LITTLE_ENDIAN);
        switch (into.type().kind()) {
            case INTS -> BitPacking.decodeInts(in, at, length, into.ints(), 0, n);
            case LONGS -> BitPacking.decodeLongs(in, at, length, into.longs(), 0, n);
            case BYTES -> bytes.get(into.bytes(), 0, n);
            case SHORTS -> bytes.asShortBuffer().get(into.shorts(), 0, n);
            case FLOATS -> bytes.asFloatBuffer().get(into.floats(), 0, n);
            case DOUBLES -> bytes.asDoubleBuffer().get(into.doubles(), 0, n);
        }
    }
}
