package io.hox.spark;

import io.hox.matrix.FeatureAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;

/**
 * Collects what Spark pushes into a read of features. Conditions on the columns of a dataset rule out whole datasets,
 * those on columns of the registry features; Spark evaluates every filter again, so skipping is all they do.
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
            if (FeaturePredicates.usable(predicate, table.registries().values())) {
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
        Map<String, FeatureAxis> axes = new LinkedHashMap<>();
        for (String space : table.registries().keySet()) {
            FeatureAxis axis = axis(space);
            if (axis != null) {
                axes.put(space, axis);
            }
        }
        List<FeatureSplit.Measured> datasets = new ArrayList<>();
        for (FeatureSplit.Measured dataset : table.datasets()) {
            FeatureAxis axis = axes.get(dataset.featureSpace());
            boolean wanted = axis == null || axis.globals().length > 0;
            for (Predicate predicate : skipping) {
                wanted &= FeaturePredicates.passes(predicate, dataset);
            }
            if (wanted) {
                datasets.add(dataset);
            }
        }
        return new FeatureScan(table, selected, axes, datasets, new PushedFilters(skipping, null, all));
    }

    /** The features of a space that may pass; null for all. */
    private FeatureAxis axis(String space) {
        FeatureAxis axis = table.axes().get(space);
        for (Predicate predicate : skipping) {
            int[] passing =
                    FeaturePredicates.features(predicate, table.registries().get(space));
            if (passing != null) {
                FeatureAxis before = axis;
                axis = FeatureAxis.pinned(Arrays.stream(passing)
                        .filter(global -> before == null || before.contains(global))
                        .toArray());
            }
        }
        return axis;
    }
}
