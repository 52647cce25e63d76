package io.hox.spark;

import io.hox.lance.LanceSql;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Comparisons of a column with literals, in Lance's SQL but with Spark's meaning.
 *
 * <p>Lance orders floating-point numbers by their bits: -NaN &lt; -Infinity &lt; ... &lt; -0.0 &lt; 0.0 &lt; ... &lt; NaN.
 * In Spark both zeros are equal, and every NaN is equal to every other and greater than everything else. The difference
 * matters: dividing 0 by 0 gives -NaN on common processors.
 */
final class LanceLiterals {
    private LanceLiterals() {}

    /** A comparison other than null-safe equality; null when it can't be expressed with Spark's meaning. */
    static String compare(FilterColumn column, String operator, Object value) {
        if (isFloating(column.type())) {
            return compareFloating(column.sql(), operator, ((Number) value).doubleValue());
        }
        String literal = literal(column, value);
        return literal == null ? null : "(" + column.sql() + " " + operator + " " + literal + ")";
    }

    /** Membership in a list without nulls; null when it can't be expressed with Spark's meaning. */
    static String in(FilterColumn column, List<Object> values) {
        if (isFloating(column.type())) {
            return inFloating(column.sql(), values);
        }
        List<String> literals = new ArrayList<>(values.size());
        for (Object value : values) {
            String literal = literal(column, value);
            if (literal == null) {
                return null;
            }
            literals.add(literal);
        }
        return "(" + LanceSql.in(column.sql(), literals) + ")";
    }

    /** Whether two columns of this type compare in Lance as in Spark. */
    static boolean comparesAsInSpark(FilterColumn column) {
        DataType type = column.type();
        return type instanceof StringType
                || type instanceof BooleanType
                || type instanceof IntegralType
                || type instanceof DateType && isDays(column)
                || (type instanceof TimestampType || type instanceof TimestampNTZType) && isMicros(column);
    }

    private static String literal(FilterColumn column, Object value) {
        DataType type = column.type();
        if (type instanceof StringType) {
            return LanceSql.literal(value.toString());
        }
        if (type instanceof BooleanType) {
            return LanceSql.literal((boolean) value);
        }
        if (type instanceof IntegralType) {
            long number = ((Number) value).longValue();
            return fits(column, number) ? LanceSql.literal(number) : null;
        }
        if (type instanceof DateType && isDays(column)) {
            return LanceSql.date((int) value);
        }
        if ((type instanceof TimestampType || type instanceof TimestampNTZType) && isMicros(column)) {
            String zone = ((ArrowType.Timestamp) column.arrow().getType()).getTimezone();
            return LanceSql.timestampMicros((long) value, zone);
        }
        return null;
    }

    private static String compareFloating(String sql, String operator, double value) {
        if (Double.isNaN(value)) {
            return switch (operator) {
                case "=" -> "isnan(" + sql + ")";
                case "<>" -> "(NOT isnan(" + sql + "))";
                default -> null;
            };
        }
        String number = LanceSql.literal(value);
        String low = value == 0 ? "-0.0" : number;
        String high = value == 0 ? "0.0" : number;
        String equal = value == 0 ? sql + " = 0.0 OR " + sql + " = -0.0" : sql + " = " + number;
        return switch (operator) {
            case "=" -> "(" + equal + ")";
            case "<>" -> "(NOT (" + equal + "))";
            case "<" -> "(" + sql + " < " + low + " AND NOT isnan(" + sql + "))";
            case "<=" -> "(" + sql + " <= " + high + " AND NOT isnan(" + sql + "))";
            case ">" -> "(" + sql + " > " + high + " OR isnan(" + sql + "))";
            default -> "(" + sql + " >= " + low + " OR isnan(" + sql + "))";
        };
    }

    private static String inFloating(String sql, List<Object> values) {
        boolean nan = false;
        List<String> literals = new ArrayList<>(values.size());
        for (Object value : values) {
            double number = ((Number) value).doubleValue();
            if (Double.isNaN(number)) {
                nan = true;
            } else if (number == 0) {
                literals.add("0.0");
                literals.add("-0.0");
            } else {
                literals.add(LanceSql.literal(number));
            }
        }
        if (literals.isEmpty()) {
            return "isnan(" + sql + ")";
        }
        String in = LanceSql.in(sql, literals);
        return nan ? "(" + in + " OR isnan(" + sql + "))" : "(" + in + ")";
    }

    private static boolean isFloating(DataType type) {
        return type instanceof DoubleType || type instanceof FloatType;
    }

    /** Lance refuses a literal outside the range of an unsigned column instead of answering. */
    private static boolean fits(FilterColumn column, long number) {
        if (column.arrow() != null && column.arrow().getType() instanceof ArrowType.Int type && !type.getIsSigned()) {
            return number >= 0 && (type.getBitWidth() >= 63 || number < 1L << type.getBitWidth());
        }
        return true;
    }

    private static boolean isDays(FilterColumn column) {
        return column.arrow().getType() instanceof ArrowType.Date date && date.getUnit() == DateUnit.DAY;
    }

    private static boolean isMicros(FilterColumn column) {
        return column.arrow().getType() instanceof ArrowType.Timestamp time && time.getUnit() == TimeUnit.MICROSECOND;
    }
}
