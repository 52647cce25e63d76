package io.hox.spark;

import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.sql.types.DataType;

/**
 * What a filter can say about a column, or about a child of a pointer column.
 *
 * @param sql the column in Lance's SQL, quoted and cast; null when only its absence can be tested
 * @param type the Spark type that literals have
 * @param arrow the Lance type; null for a pointer
 * @param presentSql for a pointer and its children the condition that holds where the cell was assayed: that, and not
 *     Lance's notion of null, decides what is null in Spark; null for an ordinary column
 * @param guarded the child has a value in Lance even where the cell was not assayed
 */
record FilterColumn(String sql, DataType type, Field arrow, String presentSql, boolean guarded) {

    static FilterColumn plain(String sql, DataType type, Field arrow) {
        return new FilterColumn(sql, type, arrow, null, false);
    }

    /** True in Spark's sense, never null itself. */
    String isNotNull() {
        if (presentSql == null) {
            return "(" + sql + " IS NOT NULL)";
        }
        return sql == null ? "(" + presentSql + ")" : "((" + presentSql + ") AND " + sql + " IS NOT NULL)";
    }

    String isNull() {
        return "(NOT " + isNotNull() + ")";
    }
}
