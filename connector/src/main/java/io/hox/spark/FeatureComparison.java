package io.hox.spark;

import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.UserDefinedScalarFunc;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * A predicate that compares the value of one feature in a layer with a number, as Spark compares doubles.
 *
 * @param operator one of {@code = <> < <= > >=}, the value on its left
 */
record FeatureComparison(String pointer, String layer, int globalIndex, String operator, double number)
        implements java.io.Serializable {

    /** Null for any other predicate. */
    static FeatureComparison of(Predicate predicate) {
        Expression[] sides = predicate.children();
        String operator = operator(predicate.name());
        if (operator == null || sides.length != 2) {
            return null;
        }
        if (sides[0] instanceof UserDefinedScalarFunc function) {
            return of(function, operator, sides[1]);
        }
        return sides[1] instanceof UserDefinedScalarFunc function ? of(function, mirrored(operator), sides[0]) : null;
    }

    private static FeatureComparison of(UserDefinedScalarFunc function, String operator, Expression number) {
        String name = function.canonicalName();
        if (!name.startsWith(MeasuredFeature.VALUE_FUNCTION)
                || !(number instanceof Literal<?> literal)
                || !(literal.value() instanceof Double value)
                || !(function.children()[2] instanceof NamedReference layer)
                || layer.fieldNames().length != 2) {
            return null;
        }
        int global = Integer.parseInt(name.substring(MeasuredFeature.VALUE_FUNCTION.length()));
        return new FeatureComparison(layer.fieldNames()[0], layer.fieldNames()[1], global, operator, value);
    }

    private static String operator(String predicate) {
        return switch (predicate) {
            case "=", "<>", "<", "<=", ">", ">=" -> predicate;
            case "<=>" -> "=";
            default -> null;
        };
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    /** Whether the predicate is true of a value. */
    boolean test(double value) {
        // Zeros are equal whatever their sign; NaN equals itself and exceeds all others.
        int order = value == number ? 0 : Double.compare(value, number);
        return switch (operator) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    @Override
    public String toString() {
        return pointer + "." + layer + "[" + globalIndex + "] " + operator + " " + number;
    }
}
