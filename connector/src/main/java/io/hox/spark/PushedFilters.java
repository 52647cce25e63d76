package io.hox.spark;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * What became of the filters of a query.
 *
 * @param pushed evaluated by Lance, for good
 * @param sql the pushed ones as one Lance condition; null when there are none
 * @param left evaluated by Spark
 */
record PushedFilters(List<Predicate> pushed, String sql, List<Predicate> left) {
    static final PushedFilters NONE = new PushedFilters(List.of(), null, List.of());

    /** A list of thousands of values must not fill the screen. */
    private static final int SHOWN = 300;

    PushedFilters {
        pushed = List.copyOf(pushed);
        left = List.copyOf(left);
    }

    @Override
    public String toString() {
        return "pushed: " + shown(pushed) + "; left to Spark: " + shown(left);
    }

    private static String shown(List<Predicate> predicates) {
        if (predicates.isEmpty()) {
            return "nothing";
        }
        String text = predicates.stream().map(Predicate::toString).collect(Collectors.joining(" AND "));
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "... (" + text.length() + " characters)";
    }
}
