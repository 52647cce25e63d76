package io.hox.atlas;

import io.hox.zarr.DataType;

/** The common element type of arrays that are read together, by NumPy's rules. */
public final class Promotion {
    private Promotion() {}

    /**
     * The smallest type that holds both: 16-bit integers fit a 32-bit float, wider ones need a 64-bit float, and signed
     * with unsigned take the next wider signed type (64 bits: a float). Either argument may be null: the other one.
     */
    public static DataType common(DataType a, DataType b) {
        if (a == null || a == b || b == DataType.BOOL) {
            return a == null ? b : a;
        }
        if (b == null || a == DataType.BOOL) {
            return b == null ? a : b;
        }
        if (a.isFloat() || b.isFloat()) {
            return needsDouble(a) || needsDouble(b) ? DataType.FLOAT64 : DataType.FLOAT32;
        }
        if (a.isUnsigned() == b.isUnsigned()) {
            return a.bytes() >= b.bytes() ? a : b;
        }
        DataType signed = a.isUnsigned() ? b : a;
        DataType unsigned = a.isUnsigned() ? a : b;
        if (signed.bytes() > unsigned.bytes()) {
            return signed;
        }
        return switch (unsigned.bytes()) {
            case 1 -> DataType.INT16;
            case 2 -> DataType.INT32;
            case 4 -> DataType.INT64;
            default -> DataType.FLOAT64;
        };
    }

    private static boolean needsDouble(DataType type) {
        return type.isFloat() ? type == DataType.FLOAT64 : type.bytes() > 2;
    }
}
