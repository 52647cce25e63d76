package io.hox.atlas;

import io.hox.HoxException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A user's column of an atlas table.
 *
 * @param name the column's name
 * @param type one of {@code string, int8, int16, int32, int64, double, float, bool, timestamp, date, binary, enum} (a string with few
 *     distinct values), {@code list<T>} of one of these, or {@code vector[N]} (N floats)
 * @param nullable whether rows may lack a value
 */
public record ColumnSpec(String name, String type, boolean nullable) implements Serializable {
    private static final Pattern NAME = Pattern.compile("[^`\\p{Cntrl}]{1,255}");
    private static final Pattern LIST = Pattern.compile("list<(.+)>");
    private static final Pattern VECTOR = Pattern.compile("vector\\[([1-9][0-9]{0,5})]");

    public ColumnSpec {
        if (name == null || !NAME.matcher(name).matches() || name.indexOf('.') >= 0) {
            throw new HoxException("'" + name + "' can't be the name of a column: leave out dots and back-ticks");
        }
        parse(name, type, 0);
    }

    /** A column whose rows may lack a value. */
    public static ColumnSpec nullable(String name, String type) {
        return new ColumnSpec(name, type, true);
    }

    /**
     * The Arrow field.
     *
     * @param dictionaryId distinguishes the dictionaries of one table
     * @param metadata the field's metadata
     */
    Field field(int dictionaryId, Map<String, String> metadata) {
        Field parsed = parse(name, type, dictionaryId);
        boolean vector = parsed.getType() instanceof ArrowType.FixedSizeList;
        FieldType fieldType = new FieldType(nullable || vector, parsed.getType(), parsed.getDictionary(), metadata);
        return new Field(name, fieldType, parsed.getChildren());
    }

    private static Field parse(String column, String type, int dictionaryId) {
        if (type == null) {
            throw new HoxException("column '" + column + "' has no type");
        }
        Matcher list = LIST.matcher(type);
        if (list.matches()) {
            return new Field(
                    column,
                    FieldType.nullable(new ArrowType.List()),
                    List.of(parse("item", list.group(1), dictionaryId)));
        }
        Matcher vector = VECTOR.matcher(type);
        if (vector.matches()) {
            int length = Integer.parseInt(vector.group(1));
            Field item = new Field("item", FieldType.nullable(scalar(column, "float")), null);
            return new Field(column, FieldType.nullable(new ArrowType.FixedSizeList(length)), List.of(item));
        }
        DictionaryEncoding encoding =
                type.equals("enum") ? new DictionaryEncoding(dictionaryId, false, new ArrowType.Int(32, true)) : null;
        return new Field(column, new FieldType(true, scalar(column, type), encoding), null);
    }

    private static ArrowType scalar(String column, String type) {
        return switch (type) {
            case "string", "enum" -> new ArrowType.Utf8();
            case "int8" -> new ArrowType.Int(8, true);
            case "int16" -> new ArrowType.Int(16, true);
            case "int32" -> new ArrowType.Int(32, true);
            case "int64" -> new ArrowType.Int(64, true);
            case "double" -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case "float" -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case "bool" -> new ArrowType.Bool();
            case "timestamp" -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case "date" -> new ArrowType.Date(DateUnit.DAY);
            case "binary" -> new ArrowType.Binary();
            default -> throw new HoxException("column '" + column + "' has the unknown type '" + type
                    + "'; the types are string, int8 to int64, double, float, bool, timestamp, date, binary, enum, list<T> and"
                    + " vector[N]");
        };
    }
}
