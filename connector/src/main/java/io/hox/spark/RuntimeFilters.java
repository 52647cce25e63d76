package io.hox.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a join found out about its other side while the query runs: lists of values that columns of cell metadata must be
 * in. The join looks again, so a list may be left out.
 *
 * @param sql the lists as one Lance condition; null when there are none
 * @param text for people
 */
record RuntimeFilters(String sql, String text) {
    static final RuntimeFilters NONE = new RuntimeFilters(null, "");

    /** Lance takes a quarter of a second for 20,000 values. */
    private static final int MOST_VALUES = 20_000;

    /** The selected columns that a list can prune by. Of floating-point numbers Spark hands over none. */
    static NamedReference[] columns(CellSchema cells, StructType selected) {
        List<NamedReference> columns = new ArrayList<>();
        for (StructField field : selected.fields()) {
            FilterColumn column = cells.topLevelColumn(new String[] {field.name()});
            if (column != null && LanceLiterals.comparesAsInSpark(column)) {
                columns.add(Expressions.column("`" + field.name() + "`"));
            }
        }
        return columns.toArray(new NamedReference[0]);
    }

    static RuntimeFilters of(Predicate[] predicates, PredicateToLance translator) {
        List<String> sql = new ArrayList<>();
        List<String> text = new ArrayList<>();
        for (Predicate predicate : predicates) {
            int values = predicate.children().length - 1;
            String translated = values > MOST_VALUES ? null : translator.translate(predicate);
            String column = predicate.children()[0].describe();
            text.add(column + " in " + values + " values" + (translated == null ? " (left to the join)" : ""));
            if (translated != null) {
                sql.add(translated);
            }
        }
        return new RuntimeFilters(sql.isEmpty() ? null : String.join(" AND ", sql), String.join(", ", text));
    }

    /** The condition on top of another one; null = all rows. */
    String and(String filter) {
        if (sql == null || filter == null) {
            return sql == null ? filter : sql;
        }
        return "(" + filter + ") AND " + sql;
    }
}
