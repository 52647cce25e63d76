package io.hox.matrix;

import io.hox.zarr.DataType;

/**
 * The types that values get on the way from arrays to columns.
 *
 * <p>Columns have no unsigned types: 8 and 16 bits widen to the next signed type; 32 and 64 bits keep their width and
 * every value is checked, so that one beyond the range is an error and never a negative number. Arrays of several
 * types in one layer meet in {@link #common}, which follows numpy's promotion except for {@code uint64} with a signed
 * type: that becomes {@code int64}, checked, where numpy would round to {@code float64}.
 */
public final class ColumnTypes {

    private ColumnTypes() {}

    /** The column type of values that are stored with this type. */
    public static DataType of(DataType stored) {
        return switch (stored) {
            case UINT8 -> DataType.INT16;
            case UINT16, UINT32 -> DataType.INT32;
            case UINT64 -> DataType.INT64;
            default -> stored;
        };
    }

    /** The stored type that holds the values of both. */
    public static DataType common(DataType a, DataType b) {
        if (a == b || b == DataType.BOOL) {
            return a;
        }
        if (a == DataType.BOOL) {
            return b;
        }
        if (a.isFloat() || b.isFloat()) {
            boolean narrow = fitsFloat(a) && fitsFloat(b);
            return narrow ? DataType.FLOAT32 : DataType.FLOAT64;
        }
        if (a.isUnsigned() == b.isUnsigned()) {
            return a.bytes() >= b.bytes() ? a : b;
        }
        DataType signed = a.isUnsigned() ? b : a;
        DataType unsigned = a.isUnsigned() ? a : b;
        return signed.bytes() > unsigned.bytes() ? signed : signedAbove(unsigned);
    }

    private static boolean fitsFloat(DataType type) {
        return type == DataType.FLOAT32 || (!type.isFloat() && type.bytes() <= 2);
    }

    private static DataType signedAbove(DataType unsigned) {
        return switch (unsigned) {
            case UINT8 -> DataType.INT16;
            case UINT16 -> DataType.INT32;
            default -> DataType.INT64;
        };
    }
}
