package io.hox.lance;

import io.hox.HoxException;
import java.util.List;

/**
 * The quoting rules of Lance's filter SQL. Everything that comes from a user or a file goes through here before it
 * becomes part of a filter.
 */
public final class LanceSql {
    private static final String ROWS = "_rowaddr IN (";

    private LanceSql() {}

    /** A column, or a child of a struct column: every part of the path in back-ticks. */
    public static String column(String... path) {
        StringBuilder sql = new StringBuilder();
        for (String part : path) {
            if (part.indexOf('`') >= 0 || part.isEmpty()) {
                throw new HoxException("a column named [" + part + "] can't be part of a filter: rename the column");
            }
            sql.append(sql.isEmpty() ? "`" : ".`").append(part).append('`');
        }
        return sql.toString();
    }

    /** A dictionary column (string enum), compared as text. */
    public static String dictionaryColumn(String... path) {
        return "arrow_cast(" + column(path) + ", 'Utf8')";
    }

    /** A text in quotes; not null. */
    public static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** A whole number. */
    public static String literal(long value) {
        // The parser reads the minus apart from the digits, which overflow at this one value.
        return value == Long.MIN_VALUE ? "(-9223372036854775807 - 1)" : Long.toString(value);
    }

    /** Also NaN and the infinities, which have no literal of their own. */
    public static String literal(double value) {
        if (Double.isNaN(value)) {
            return "arrow_cast('NaN', 'Float64')";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "arrow_cast('inf', 'Float64')" : "arrow_cast('-inf', 'Float64')";
        }
        return Double.toString(value);
    }

    /** True or false. */
    public static String literal(boolean value) {
        return value ? "true" : "false";
    }

    /** A timestamp in microseconds since 1970-01-01, for a column without time zone (null) or with that zone. */
    public static String timestampMicros(long micros, String zoneOrNull) {
        String zone = zoneOrNull == null ? "None" : "Some(\"" + zoneOrNull + "\")";
        return "arrow_cast(" + literal(micros) + ", 'Timestamp(Microsecond, " + zone + ")')";
    }

    /** A date in days since 1970-01-01. */
    public static String date(int days) {
        return "arrow_cast(arrow_cast(" + days + ", 'Int32'), 'Date32')";
    }

    /**
     * {@code column IN (...)} over literals that are SQL already. Without any: a condition that is never true, and null
     * where the column is null, as SQL has it.
     */
    public static String in(String columnSql, List<String> literals) {
        if (literals.isEmpty()) {
            return "(" + columnSql + " IS NULL AND " + columnSql + " IS NOT NULL)";
        }
        return columnSql + " IN (" + String.join(", ", literals) + ")";
    }

    /**
     * Rows {@code from} (inclusive) to {@code to} (exclusive) of a fragment, counted with its deleted rows. Exact also
     * together with other filters, so it splits a fragment among readers; only the rows of the range are read in full.
     */
    public static String rowRange(int fragmentId, long from, long to) {
        long base = (long) fragmentId << 32;
        return "(_rowaddr >= " + (base + from) + " AND _rowaddr < " + (base + to) + ")";
    }

    /**
     * Rows by their addresses, ascending or not. A scan with this filter returns addresses, whether asked for or not.
     *
     * @param addresses as they come in {@code _rowaddr}
     */
    public static String rows(List<Long> addresses) {
        List<String> literals = addresses.stream().map(LanceSql::literal).toList();
        // Behind a list of addresses alone Lance applies the limit of a scan before the list.
        return "(" + ROWS + String.join(", ", literals) + ") AND _rowaddr >= 0)";
    }

    /** Whether Lance has to return addresses: otherwise it does not find them where another condition is on them. */
    static boolean namesRows(String filter) {
        return filter.contains(ROWS);
    }

    /** {@code column IN (...)} over strings. */
    public static String inStrings(String columnSql, List<String> values) {
        return in(columnSql, values.stream().map(LanceSql::literal).toList());
    }
}
