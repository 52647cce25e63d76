package io.hox.lance;

import java.io.Serializable;
import java.util.List;

/**
 * Counts and extremes in place of rows: one row for each combination of the keys' values among the scanned rows, null
 * being a value; without keys exactly one row, also when no row was scanned. Columns are named by {@link #key} and
 * {@link #measure}.
 *
 * <p>Lance holds all groups in memory until the last row was read, so a scan should not see more rows than there may be
 * groups.
 *
 * @param keys top-level columns, any number
 * @param measures what to find for each group
 */
public record LanceAggregate(List<String> keys, List<Measure> measures) implements Serializable {

    public LanceAggregate {
        keys = List.copyOf(keys);
        measures = List.copyOf(measures);
    }

    /** Extremes leave out nulls, are null where nothing is left, and order text by its bytes. */
    public enum Function {
        COUNT,
        MIN,
        MAX
    }

    /**
     * A value of each group.
     *
     * @param column a top-level column; null = all rows, which can only be counted
     */
    public record Measure(Function function, String column) implements Serializable {}

    /** The name of a key's column in the result, in the type of the column. */
    public static String key(int index) {
        return "key" + index;
    }

    /** The name of a measure's column in the result. */
    public static String measure(int index) {
        return "measure" + index;
    }
}
