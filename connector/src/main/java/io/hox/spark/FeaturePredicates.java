package io.hox.spark;

import io.hox.atlas.FeatureColumn;
import io.hox.atlas.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * Which features and datasets a predicate {@code column = value} or {@code column IN (...)} leaves: known from the registry
 * and the dataset table, so that nothing of the others is read. Spark evaluates every predicate again; skipping is all that
 * is done here.
 */
final class FeaturePredicates {

    private FeaturePredicates() {}

    /** Whether the predicate is of this form, over a column that it can be answered for. */
    static boolean usable(Predicate predicate, Iterable<Registry> registries) {
        String column = column(predicate);
        if (column == null) {
            return false;
        }
        if (isOfDataset(column) || column.equals(FeatureColumns.UID) || column.equals(FeatureColumns.GLOBAL_INDEX)) {
            return true;
        }
        boolean known = false;
        for (Registry registry : registries) {
            FeatureColumn own = registry.column(column);
            // Numbers that equal one another may have several texts.
            known |= own != null && own.type() != FeatureColumn.Type.FLOAT;
        }
        return known && !FeatureColumns.isPlace(column);
    }

    /** Whether features of the dataset can pass. */
    static boolean passes(Predicate predicate, FeatureSplit.Measured dataset) {
        String value = dataset.value(column(predicate));
        return value == null || values(predicate).contains(value);
    }

    /** The global indices of the features that pass, ascending; null when the predicate is about datasets. */
    static int[] features(Predicate predicate, Registry registry) {
        String column = column(predicate);
        if (isOfDataset(column)) {
            return null;
        }
        List<String> values = values(predicate);
        int[] found = new int[16];
        int n = 0;
        for (String value : values) {
            for (int row : rows(registry, column, value)) {
                if (n == found.length) {
                    found = Arrays.copyOf(found, 2 * n);
                }
                found[n++] = registry.globalIndex(row);
            }
        }
        return Arrays.stream(found, 0, n)
                .filter(global -> global != Registry.UNNUMBERED)
                .sorted()
                .distinct()
                .toArray();
    }

    private static int[] rows(Registry registry, String column, String value) {
        if (column.equals(FeatureColumns.GLOBAL_INDEX)) {
            long global = Long.parseLong(value);
            int row = global == (int) global ? registry.rowOf((int) global) : -1;
            return row < 0 ? new int[0] : new int[] {row};
        }
        boolean known = column.equals(FeatureColumns.UID) || registry.column(column) != null;
        return known ? registry.find(column, value) : new int[0];
    }

    private static boolean isOfDataset(String column) {
        return new FeatureSplit.Measured("", "", "", "").value(column) != null;
    }

    /** The column of a predicate of this form; null for any other. */
    private static String column(Predicate predicate) {
        boolean membership = predicate.name().equals("=") || predicate.name().equals("IN");
        Expression[] operands = predicate.children();
        if (!membership || !(operands[0] instanceof NamedReference column) || column.fieldNames().length != 1) {
            return null;
        }
        for (int i = 1; i < operands.length; i++) {
            if (!(operands[i] instanceof Literal<?>)) {
                return null;
            }
        }
        return column.fieldNames()[0];
    }

    private static List<String> values(Predicate predicate) {
        List<String> values = new ArrayList<>();
        Expression[] operands = predicate.children();
        for (int i = 1; i < operands.length; i++) {
            Object value = ((Literal<?>) operands[i]).value();
            if (value != null) {
                values.add(value.toString());
            }
        }
        return values;
    }
}
