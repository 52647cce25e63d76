package io.hox.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/**
 * Collects what Spark pushes into a read of features. Conditions on the columns of a dataset rule out whole datasets;
 * Spark evaluates every filter again, so skipping is all they do.
 */
final class FeatureScanBuilder implements ScanBuilder, SupportsPushDownV2Filters, SupportsPushDownRequiredColumns {
    private final FeaturesTable table;
    private StructType selected;
    private List<Predicate> skipping = List.of();
    private List<Predicate> all = List.of();

    FeatureScanBuilder(FeaturesTable table) {
        this.table = table;
        this.selected = table.structType();
    }

    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
        List<Predicate> usable = new ArrayList<>();
        for (Predicate predicate : predicates) {
            if (selects(predicate, new FeatureSplit.Measured("", "", "", "")) != null) {
                usable.add(predicate);
            }
        }
        skipping = usable;
        all = List.of(predicates);
        return predicates;
    }

    @Override
    public Predicate[] pushedPredicates() {
        return skipping.toArray(new Predicate[0]);
    }

    @Override
    public void pruneColumns(StructType required) {
        selected = required;
    }

    @Override
    public Scan build() {
        List<FeatureSplit.Measured> datasets = new ArrayList<>();
        for (FeatureSplit.Measured dataset : table.datasets()) {
            boolean wanted = true;
            for (Predicate predicate : skipping) {
                wanted &= selects(predicate, dataset);
            }
            if (wanted) {
                datasets.add(dataset);
            }
        }
        return new FeatureScan(table, selected, datasets, new PushedFilters(skipping, null, all));
    }

    /** Whether features of the dataset can pass; null when the predicate is about something else. */
    private static Boolean selects(Predicate predicate, FeatureSplit.Measured dataset) {
        boolean membership = predicate.name().equals("=") || predicate.name().equals("IN");
        Expression[] operands = predicate.children();
        if (!membership || !(operands[0] instanceof NamedReference column) || column.fieldNames().length != 1) {
            return null;
        }
        String value = dataset.value(column.fieldNames()[0]);
        if (value == null) {
            return null;
        }
        boolean found = false;
        for (int i = 1; i < operands.length; i++) {
            if (!(operands[i] instanceof Literal<?> literal)) {
                return null;
            }
            found |= literal.value() != null && literal.value().toString().equals(value);
        }
        return found;
    }
}
