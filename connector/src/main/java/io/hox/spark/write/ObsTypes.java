package io.hox.spark.write;

import java.util.List;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which Spark types go into a column of a Lance table without loss. Ranges of whole numbers are checked by value. */
final class ObsTypes {
    private static final List<DataType> WHOLE =
            List.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

    private ObsTypes() {}

    /** The Spark types that a column takes, in words; null when it takes this one. */
    static String wanted(DataType type, Field field) {
        ArrowType target = field.getType();
        return switch (target.getTypeID()) {
            case Utf8 -> unless(type.equals(DataTypes.StringType), "string");
            case Binary -> unless(type.equals(DataTypes.BinaryType), "binary");
            case Bool -> unless(type.equals(DataTypes.BooleanType), "boolean");
            case Int -> unless(WHOLE.contains(type), "a whole number");
            case FloatingPoint -> floating(type, ((ArrowType.FloatingPoint) target).getPrecision());
            case Decimal -> decimal(type, (ArrowType.Decimal) target);
            case Date -> unless(type.equals(DataTypes.DateType), "date");
            case Timestamp -> ((ArrowType.Timestamp) target).getTimezone() == null
                    ? unless(type.equals(DataTypes.TimestampNTZType), "timestamp_ntz")
                    : unless(type.equals(DataTypes.TimestampType), "timestamp");
            case List, FixedSizeList -> list(type, field);
            case Struct -> struct(type, field);
            default -> "nothing that Spark has";
        };
    }

    private static String unless(boolean fits, String wanted) {
        return fits ? null : wanted;
    }

    private static String floating(DataType type, FloatingPointPrecision precision) {
        boolean small =
                type.equals(DataTypes.FloatType) || type.equals(DataTypes.ByteType) || type.equals(DataTypes.ShortType);
        return switch (precision) {
            case HALF -> "nothing that Spark has";
            case SINGLE -> unless(small, "float");
            case DOUBLE -> unless(
                    small || type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DoubleType), "double");
        };
    }

    private static String decimal(DataType type, ArrowType.Decimal target) {
        boolean fits = target.getBitWidth() == 128
                && type instanceof DecimalType given
                && given.scale() == target.getScale()
                && given.precision() <= target.getPrecision();
        return unless(fits, "decimal(" + target.getPrecision() + "," + target.getScale() + ")");
    }

    private static String list(DataType type, Field field) {
        Field item = field.getChildren().get(0);
        if (type instanceof ArrayType array) {
            String wanted = wanted(array.elementType(), item);
            return wanted == null ? null : "an array of " + wanted;
        }
        return "an array";
    }

    private static String struct(DataType type, Field field) {
        List<Field> children = field.getChildren();
        if (!(type instanceof StructType struct) || struct.length() != children.size()) {
            return "a struct of " + names(children);
        }
        for (int i = 0; i < children.size(); i++) {
            StructField given = struct.fields()[i];
            if (!given.name().equals(children.get(i).getName())) {
                return "a struct of " + names(children);
            }
            String wanted = wanted(given.dataType(), children.get(i));
            if (wanted != null) {
                return "a struct whose child " + given.name() + " is " + wanted;
            }
        }
        return null;
    }

    private static List<String> names(List<Field> fields) {
        return fields.stream().map(Field::getName).toList();
    }
}
