package io.hox.zarr;

import io.hox.HoxException;
import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * A buffer of elements of one type, backed by one primitive array: {@code byte[]} for bool and 8-bit integers,
 * {@code short[]}, {@code int[]} and {@code long[]} for wider ones, {@code float[]}, {@code double[]}. Unsigned values
 * keep their bits. The accessors hand out the array itself; asking for another kind is a programming error.
 */
public final class Values {
    private final DataType type;
    private final Object array;
    private final int length;

    private Values(DataType type, Object array) {
        this.type = type;
        this.array = array;
        this.length = Array.getLength(array);
    }

    /** A buffer of {@code n} zeros. @throws HoxException when memory does not suffice */
    public static Values allocate(DataType type, int n) {
        try {
            Object array =
                    switch (type.kind()) {
                        case BYTES -> new byte[n];
                        case SHORTS -> new short[n];
                        case INTS -> new int[n];
                        case LONGS -> new long[n];
                        case FLOATS -> new float[n];
                        case DOUBLES -> new double[n];
                    };
            return new Values(type, array);
        } catch (OutOfMemoryError e) {
            // The size may come from a damaged document: one request that is too large must not end the JVM.
            throw new HoxException(
                    "not enough memory for " + n + " values of " + type.zarrName() + " ("
                            + ((long) n * type.bytes() >> 20) + " MiB): read less at a time or raise the heap size",
                    e);
        }
    }

    /**
     * Wraps an array without copying.
     *
     * @throws IllegalArgumentException when the array is not of the kind that holds the type
     */
    public static Values of(DataType type, Object primitiveArray) {
        boolean fits =
                switch (type.kind()) {
                    case BYTES -> primitiveArray instanceof byte[];
                    case SHORTS -> primitiveArray instanceof short[];
                    case INTS -> primitiveArray instanceof int[];
                    case LONGS -> primitiveArray instanceof long[];
                    case FLOATS -> primitiveArray instanceof float[];
                    case DOUBLES -> primitiveArray instanceof double[];
                };
        if (!fits) {
            throw new IllegalArgumentException(type.zarrName() + " values do not live in a "
                    + (primitiveArray == null
                            ? "null"
                            : primitiveArray.getClass().getSimpleName()));
        }
        return new Values(type, primitiveArray);
    }

    /** Whether the same array could hold values of another type. */
    public boolean canHold(DataType other) {
        return type.kind() == other.kind();
    }

    /** The type of the values. */
    public DataType type() {
        return type;
    }

    /** The number of elements. */
    public int length() {
        return length;
    }

    /** The primitive array of whatever kind. */
    public Object array() {
        return array;
    }

    public byte[] bytes() {
        return array instanceof byte[] a ? a : wrong("bytes");
    }

    public short[] shorts() {
        return array instanceof short[] a ? a : wrong("shorts");
    }

    public int[] ints() {
        return array instanceof int[] a ? a : wrong("ints");
    }

    public long[] longs() {
        return array instanceof long[] a ? a : wrong("longs");
    }

    public float[] floats() {
        return array instanceof float[] a ? a : wrong("floats");
    }

    public double[] doubles() {
        return array instanceof double[] a ? a : wrong("doubles");
    }

    /** Copies elements from another buffer of the same kind. */
    void copyFrom(Values source, int from, int at, int n) {
        System.arraycopy(source.array, from, array, at, n);
    }

    /** Sets elements to the value with the given bits (those of the type, in the low end). */
    void fill(long bits, int from, int to) {
        switch (type.kind()) {
            case BYTES -> Arrays.fill(bytes(), from, to, (byte) bits);
            case SHORTS -> Arrays.fill(shorts(), from, to, (short) bits);
            case INTS -> Arrays.fill(ints(), from, to, (int) bits);
            case LONGS -> Arrays.fill(longs(), from, to, bits);
            case FLOATS -> Arrays.fill(floats(), from, to, Float.intBitsToFloat((int) bits));
            case DOUBLES -> Arrays.fill(doubles(), from, to, Double.longBitsToDouble(bits));
        }
    }

    /** Whether all elements of a range have exactly the given bits. */
    boolean all(long bits, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bitsAt(i) != bits) {
                return false;
            }
        }
        return true;
    }

    private long bitsAt(int i) {
        return switch (type.kind()) {
            case BYTES -> bytes()[i] & 0xffL;
            case SHORTS -> shorts()[i] & 0xffffL;
            case INTS -> ints()[i] & 0xffffffffL;
            case LONGS -> longs()[i];
            case FLOATS -> Float.floatToRawIntBits(floats()[i]) & 0xffffffffL;
            case DOUBLES -> Double.doubleToRawLongBits(doubles()[i]);
        };
    }

    private <T> T wrong(String asked) {
        throw new IllegalStateException(asked + " were asked of " + type.zarrName() + " values");
    }
}
