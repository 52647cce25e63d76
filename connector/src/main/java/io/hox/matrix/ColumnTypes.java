package io.hox.matrix;

import io.hox.zarr.DataType;

/**
 * The types that values get on the way from arrays to columns.
 *
 * <p>Columns have no unsigned types: 8 and 16 bits widen to the next signed type; 32 and 64 bits keep their width and
 * every value is checked, so that one beyond the range is an error and never a negative number. Layers that groups
 * store with different types meet in a common one first ({@link io.hox.atlas.Promotion}).
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
}
