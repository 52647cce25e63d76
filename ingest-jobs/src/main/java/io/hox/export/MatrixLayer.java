package io.hox.export;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A layer of a read and the type that its values have in the file.
 *
 * @param name name of the layer
 * @param type type in the file, as wide as Spark's
 * @param slot position among the layers of its kind in {@link CellVector}
 */
record MatrixLayer(String name, DataType type, int slot) {
    static boolean isLong(StructField field) {
        return element(field).equals(DataTypes.LongType);
    }

    static MatrixLayer of(StructField field, int slot) {
        org.apache.spark.sql.types.DataType element = element(field);
        DataType type;
        if (element.equals(DataTypes.LongType)) {
            type = DataType.INT64;
        } else if (element.equals(DataTypes.IntegerType)) {
            type = DataType.INT32;
        } else if (element.equals(DataTypes.ShortType)) {
            type = DataType.INT16;
        } else if (element.equals(DataTypes.ByteType)) {
            type = DataType.INT8;
        } else if (element.equals(DataTypes.FloatType)) {
            type = DataType.FLOAT32;
        } else {
            type = DataType.FLOAT64;
        }
        return new MatrixLayer(field.name(), type, slot);
    }

    boolean isLong() {
        return type == DataType.INT64;
    }

    /** Copies {@code n} collected doubles (or longs) into a buffer of the layer's type. */
    Values narrow(double[] doubles, long[] longs, int n) {
        Values values = Values.allocate(type, n);
        switch (type) {
            case INT64 -> System.arraycopy(longs, 0, values.longs(), 0, n);
            case FLOAT64 -> System.arraycopy(doubles, 0, values.doubles(), 0, n);
            case FLOAT32 -> {
                float[] out = values.floats();
                for (int i = 0; i < n; i++) {
                    out[i] = (float) doubles[i];
                }
            }
            case INT32 -> {
                int[] out = values.ints();
                for (int i = 0; i < n; i++) {
                    out[i] = (int) doubles[i];
                }
            }
            case INT16 -> {
                short[] out = values.shorts();
                for (int i = 0; i < n; i++) {
                    out[i] = (short) doubles[i];
                }
            }
            default -> {
                byte[] out = values.bytes();
                for (int i = 0; i < n; i++) {
                    out[i] = (byte) doubles[i];
                }
            }
        }
        return values;
    }

    private static org.apache.spark.sql.types.DataType element(StructField field) {
        return ((ArrayType) field.dataType()).elementType();
    }
}
