package io.hox.zarr;

/** Single numbers out of typed buffers, for columns of annotations; matrices have loops of their own. */
public final class Numbers {
    private Numbers() {}

    /** The value as a double; 64-bit integers are rounded. */
    public static double doubleAt(Values values, int i) {
        return switch (values.type()) {
            case FLOAT32 -> values.floats()[i];
            case FLOAT64 -> values.doubles()[i];
            case UINT64 -> unsigned(values.longs()[i]);
            default -> longAt(values, i);
        };
    }

    /** An integer or boolean as a long; of {@code uint64} the bits. */
    public static long longAt(Values values, int i) {
        return switch (values.type()) {
            case BOOL, INT8 -> values.bytes()[i];
            case UINT8 -> values.bytes()[i] & 0xFF;
            case INT16 -> values.shorts()[i];
            case UINT16 -> values.shorts()[i] & 0xFFFF;
            case INT32 -> values.ints()[i];
            case UINT32 -> values.ints()[i] & 0xFFFFFFFFL;
            case INT64, UINT64 -> values.longs()[i];
            case FLOAT32, FLOAT64 -> throw new IllegalStateException(values.type() + " is not an integer type");
        };
    }

    private static double unsigned(long bits) {
        double half = (bits >>> 1) | (bits & 1);
        return bits >= 0 ? bits : half * 2;
    }
}
