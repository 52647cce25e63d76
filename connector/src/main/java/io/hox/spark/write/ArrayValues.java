package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.zarr.Values;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Arrays of Spark's rows as primitive arrays. */
final class ArrayValues {
    private ArrayValues() {}

    /** The stored type that holds a Spark type exactly; null when it is no number. */
    static io.hox.zarr.DataType typeOf(DataType element) {
        if (element.equals(DataTypes.BooleanType)) {
            return io.hox.zarr.DataType.BOOL;
        }
        if (element.equals(DataTypes.ByteType)) {
            return io.hox.zarr.DataType.INT8;
        }
        if (element.equals(DataTypes.ShortType)) {
            return io.hox.zarr.DataType.INT16;
        }
        if (element.equals(DataTypes.IntegerType)) {
            return io.hox.zarr.DataType.INT32;
        }
        if (element.equals(DataTypes.LongType)) {
            return io.hox.zarr.DataType.INT64;
        }
        if (element.equals(DataTypes.FloatType)) {
            return io.hox.zarr.DataType.FLOAT32;
        }
        return element.equals(DataTypes.DoubleType) ? io.hox.zarr.DataType.FLOAT64 : null;
    }

    /** Whether a column holds arrays of numbers. */
    static boolean isNumeric(DataType type) {
        return type instanceof ArrayType array && typeOf(array.elementType()) != null;
    }

    /** Whether a column can hold feature indices. */
    static boolean isIndices(DataType type) {
        return isNumeric(type)
                && !typeOf(((ArrayType) type).elementType()).isFloat()
                && !((ArrayType) type).elementType().equals(DataTypes.BooleanType);
    }

    /** The values of an array without nulls. */
    static Values values(ArrayData array, DataType element, String what, String cell) {
        requireNoNull(array, what, cell);
        io.hox.zarr.DataType type = typeOf(element);
        return switch (type) {
            case BOOL -> Values.of(type, bytes(array.toBooleanArray()));
            case INT8 -> Values.of(type, array.toByteArray());
            case INT16 -> Values.of(type, array.toShortArray());
            case INT32 -> Values.of(type, array.toIntArray());
            case INT64 -> Values.of(type, array.toLongArray());
            case FLOAT32 -> Values.of(type, array.toFloatArray());
            default -> Values.of(type, array.toDoubleArray());
        };
    }

    /** Feature indices; those beyond an int are no index of any feature. */
    static int[] indices(ArrayData array, DataType element, String cell) {
        requireNoNull(array, "indices", cell);
        if (element.equals(DataTypes.IntegerType)) {
            return array.toIntArray();
        }
        int[] indices = new int[array.numElements()];
        for (int i = 0; i < indices.length; i++) {
            long index = element.equals(DataTypes.LongType)
                    ? array.getLong(i)
                    : element.equals(DataTypes.ShortType) ? array.getShort(i) : array.getByte(i);
            if (index != (int) index) {
                throw new HoxException(cell + " has the feature index " + index + "; indices go from 0 to 2147483647");
            }
            indices[i] = (int) index;
        }
        return indices;
    }

    private static void requireNoNull(ArrayData array, String what, String cell) {
        for (int i = 0; i < array.numElements(); i++) {
            if (array.isNullAt(i)) {
                throw new HoxException(cell + " has no value at position " + i + " of " + what
                        + "; leave such entries out of indices and values");
            }
        }
    }

    private static byte[] bytes(boolean[] flags) {
        byte[] bytes = new byte[flags.length];
        for (int i = 0; i < flags.length; i++) {
            bytes[i] = (byte) (flags[i] ? 1 : 0);
        }
        return bytes;
    }
}
