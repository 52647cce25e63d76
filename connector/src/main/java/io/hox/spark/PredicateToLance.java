package io.hox.spark;

import io.hox.lance.LanceSql;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.Cast;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.And;
import org.apache.spark.sql.connector.expressions.filter.Not;
import org.apache.spark.sql.connector.expressions.filter.Or;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataTypes;

/**
 * Translates Spark's predicates to Lance's filter SQL. What is translated selects exactly the rows that Spark would
 * select, nulls and NaN included, so Spark need not look again; anything else is left to Spark.
 */
final class PredicateToLance {
    /** Lance's parser refuses deep nesting; what people write is far from it. */
    private static final int MAX_DEPTH = 8;

    private static final int MAX_TERMS = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000L;

    private final Function<String[], FilterColumn> columns;
    private final Long zoneOffsetMicros;

    /**
     * @param columns finds a column by the parts of its name; null when there is none that a filter can use
     * @param zoneOffsetMicros offset of the session's time zone from UTC; null when it changes over the year
     */
    PredicateToLance(Function<String[], FilterColumn> columns, Long zoneOffsetMicros) {
        this.columns = columns;
        this.zoneOffsetMicros = zoneOffsetMicros;
    }

    /** Translates conditions on these columns in the time zone of the active session. */
    static PredicateToLance of(CellSchema cells) {
        return new PredicateToLance(cells::filterColumn, zoneOffsetMicros());
    }

    // Only where the offset never changes is the order of local times that of instants.
    private static Long zoneOffsetMicros() {
        ZoneId zone = ZoneId.of(SparkSession.active().conf().get("spark.sql.session.timeZone"), ZoneId.SHORT_IDS);
        if (!zone.getRules().isFixedOffset()) {
            return null;
        }
        return zone.getRules().getOffset(Instant.EPOCH).getTotalSeconds() * MICROS_PER_SECOND;
    }

    /** The predicate in Lance's SQL; null when it can't be expressed with the same result. */
    String translate(Predicate predicate) {
        return translate(predicate, true, 0);
    }

    // positive: whether the row is wanted where this part is true. It only matters for guarded columns, whose null must
    // count as "don't select the row" on either side of a NOT.
    private String translate(Predicate predicate, boolean positive, int depth) {
        if (depth > MAX_DEPTH) {
            return null;
        }
        Expression[] operands = predicate.children();
        return switch (predicate.name()) {
            case "ALWAYS_TRUE" -> "true";
            case "ALWAYS_FALSE" -> "false";
            case "AND" -> chain((And) predicate, " AND ", positive, depth);
            case "OR" -> chain((Or) predicate, " OR ", positive, depth);
            case "NOT" -> negation(((Not) predicate).child(), positive, depth);
            case "IS_NULL" -> nullTest(operands[0], true);
            case "IS_NOT_NULL" -> nullTest(operands[0], false);
            case "IN" -> in(operands, positive);
            case "STARTS_WITH" -> textMatch("starts_with", operands, positive);
            case "ENDS_WITH" -> textMatch("ends_with", operands, positive);
            case "CONTAINS" -> textMatch("contains", operands, positive);
            case "=", "<>", "<", "<=", ">", ">=", "<=>" -> comparison(predicate.name(), operands, positive);
            default -> null;
        };
    }

    /** A chain of the same connective becomes one flat list: a thousand ORs are no deeper than two. */
    private String chain(Predicate predicate, String connective, boolean positive, int depth) {
        List<Predicate> terms = new ArrayList<>();
        flatten(predicate, predicate.name(), terms);
        if (terms.size() > MAX_TERMS) {
            return null;
        }
        List<String> parts = new ArrayList<>(terms.size());
        for (Predicate term : terms) {
            String sql = translate(term, positive, depth + 1);
            if (sql == null) {
                return null;
            }
            parts.add(sql);
        }
        return "(" + String.join(connective, parts) + ")";
    }

    private static void flatten(Predicate predicate, String name, List<Predicate> terms) {
        if (predicate.name().equals(name) && terms.size() <= MAX_TERMS) {
            for (Expression child : predicate.children()) {
                flatten((Predicate) child, name, terms);
            }
        } else {
            terms.add(predicate);
        }
    }

    private String negation(Predicate child, boolean positive, int depth) {
        String sql = translate(child, !positive, depth + 1);
        return sql == null ? null : "(NOT " + sql + ")";
    }

    private String nullTest(Expression operand, boolean isNull) {
        FilterColumn column = column(operand);
        if (column == null) {
            return null;
        }
        return isNull ? column.isNull() : column.isNotNull();
    }

    private String in(Expression[] operands, boolean positive) {
        FilterColumn column = comparable(operands[0]);
        if (column == null) {
            return null;
        }
        boolean anyNull = false;
        List<Object> values = new ArrayList<>(operands.length);
        for (int i = 1; i < operands.length; i++) {
            if (!(operands[i] instanceof Literal<?> literal)) {
                return null;
            }
            if (literal.value() == null) {
                anyNull = true;
            } else {
                values.add(literal.value());
            }
        }
        if (values.isEmpty()) {
            // A join with nothing asks for no value at all.
            return anyNull ? null : "false";
        }
        String sql = LanceLiterals.in(column, values);
        if (sql == null) {
            return null;
        }
        return guard(column, anyNull ? "(" + sql + " OR NULL)" : sql, positive);
    }

    private String textMatch(String function, Expression[] operands, boolean positive) {
        FilterColumn column = comparable(operands[0]);
        if (column == null
                || !column.type().equals(DataTypes.StringType)
                || !(operands[1] instanceof Literal<?> literal)
                || literal.value() == null) {
            return null;
        }
        String text = LanceSql.literal(literal.value().toString());
        return guard(column, function + "(" + column.sql() + ", " + text + ")", positive);
    }

    private String comparison(String operator, Expression[] operands, boolean positive) {
        if (operands[0] instanceof Literal<?> literal) {
            return comparison(flipped(operator), operands[1], literal, positive);
        }
        if (operands[1] instanceof Literal<?> literal) {
            return comparison(operator, operands[0], literal, positive);
        }
        return columnComparison(operator, comparable(operands[0]), comparable(operands[1]));
    }

    private String comparison(String operator, Expression operand, Literal<?> literal, boolean positive) {
        if (operand instanceof Cast cast) {
            return castComparison(operator, cast, literal, positive);
        }
        FilterColumn column = comparable(operand);
        if (column == null || literal.value() == null || !column.type().equals(literal.dataType())) {
            return null;
        }
        return compare(operator, column, literal.value(), positive);
    }

    private static String compare(String operator, FilterColumn column, Object value, boolean positive) {
        boolean nullSafe = operator.equals("<=>");
        String sql = LanceLiterals.compare(column, nullSafe ? "=" : operator, value);
        if (sql == null) {
            return null;
        }
        // Null-safe equality is never null, so a guarded column needs the same form on either side of a NOT.
        return nullSafe ? "(" + column.isNotNull() + " AND " + sql + ")" : guard(column, sql, positive);
    }

    /** TIMESTAMP literals against a column without time zone: Spark reads the column as local times of the session. */
    private String castComparison(String operator, Cast cast, Literal<?> literal, boolean positive) {
        FilterColumn column = comparable(cast.expression());
        boolean localTimes = column != null
                && column.type().equals(DataTypes.TimestampNTZType)
                && cast.dataType().equals(DataTypes.TimestampType)
                && literal.dataType().equals(DataTypes.TimestampType);
        if (!localTimes || zoneOffsetMicros == null || !(literal.value() instanceof Long micros)) {
            return null;
        }
        return compare(operator, column, micros + zoneOffsetMicros, positive);
    }

    private static String columnComparison(String operator, FilterColumn left, FilterColumn right) {
        if (left == null || right == null || left.guarded() || right.guarded()) {
            return null;
        }
        // Lance orders floating-point numbers by their bits: 0.0 and -0.0 differ there.
        boolean same = left.type().equals(right.type()) && LanceLiterals.comparesAsInSpark(left);
        if (!same || !LanceLiterals.comparesAsInSpark(right) || operator.equals("<=>")) {
            return null;
        }
        return "(" + left.sql() + " " + operator + " " + right.sql() + ")";
    }

    private static String guard(FilterColumn column, String sql, boolean positive) {
        if (!column.guarded()) {
            return sql;
        }
        return positive
                ? "((" + column.presentSql() + ") AND " + sql + ")"
                : "(NOT (" + column.presentSql() + ") OR " + sql + ")";
    }

    private static String flipped(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private FilterColumn comparable(Expression expression) {
        FilterColumn column = column(expression);
        return column == null || column.sql() == null ? null : column;
    }

    private FilterColumn column(Expression expression) {
        return expression instanceof NamedReference reference ? columns.apply(reference.fieldNames()) : null;
    }
}
