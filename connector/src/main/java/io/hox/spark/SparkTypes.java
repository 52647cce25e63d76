package io.hox.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;

/** Spark's types for the columns of a Lance table, and for the layers of a matrix. */
final class SparkTypes {
    private SparkTypes() {}

    /** The Spark type of a column; null when Spark has none for it (half floats, times of day, unions). */
    static DataType of(Field field) {
        ArrowType type = field.getType();
        return switch (type.getTypeID()) {
            case Utf8, LargeUtf8 -> DataTypes.StringType;
            case Binary, LargeBinary, FixedSizeBinary -> DataTypes.BinaryType;
            case Bool -> DataTypes.BooleanType;
            case Int -> integer((ArrowType.Int) type);
            case FloatingPoint -> floating((ArrowType.FloatingPoint) type);
            case Decimal -> decimal((ArrowType.Decimal) type);
            case Date -> DataTypes.DateType;
            case Timestamp -> ((ArrowType.Timestamp) type).getTimezone() == null
                    ? DataTypes.TimestampNTZType
                    : DataTypes.TimestampType;
            case List, LargeList, FixedSizeList -> list(field.getChildren().get(0));
            case Struct -> struct(field);
            default -> null;
        };
    }

    /** The element type of a layer's array column. */
    static DataType of(io.hox.zarr.DataType layer) {
        return switch (layer) {
            case BOOL -> DataTypes.BooleanType;
            case INT8 -> DataTypes.ByteType;
            case INT16 -> DataTypes.ShortType;
            case INT32 -> DataTypes.IntegerType;
            case INT64 -> DataTypes.LongType;
            case FLOAT32 -> DataTypes.FloatType;
            case FLOAT64 -> DataTypes.DoubleType;
            default -> throw new IllegalStateException("columns have no unsigned types: " + layer);
        };
    }

    private static DataType integer(ArrowType.Int type) {
        int bits = type.getIsSigned() ? type.getBitWidth() : Math.min(64, type.getBitWidth() * 2);
        return switch (bits) {
            case 8 -> DataTypes.ByteType;
            case 16 -> DataTypes.ShortType;
            case 32 -> DataTypes.IntegerType;
            default -> DataTypes.LongType;
        };
    }

    private static DataType floating(ArrowType.FloatingPoint type) {
        if (type.getPrecision() == FloatingPointPrecision.HALF) {
            return null;
        }
        return type.getPrecision() == FloatingPointPrecision.SINGLE ? DataTypes.FloatType : DataTypes.DoubleType;
    }

    private static DataType decimal(ArrowType.Decimal type) {
        boolean fits =
                type.getBitWidth() == 128 && type.getScale() >= 0 && type.getPrecision() <= DecimalType.MAX_PRECISION();
        return fits ? DataTypes.createDecimalType(type.getPrecision(), type.getScale()) : null;
    }

    private static DataType list(Field element) {
        DataType type = of(element);
        return type == null ? null : DataTypes.createArrayType(type, element.isNullable());
    }

    private static DataType struct(Field field) {
        List<StructField> children = new ArrayList<>();
        for (Field child : field.getChildren()) {
            DataType type = of(child);
            if (type == null) {
                return null;
            }
            children.add(DataTypes.createStructField(child.getName(), type, child.isNullable()));
        }
        return DataTypes.createStructType(children);
    }
}
