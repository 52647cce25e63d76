package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.matrix.FeatureAxis;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;

/** A read of features. Splits are planned once, when they are first asked for. */
final class FeatureScan implements Scan, Batch {
    private final FeaturesTable table;
    private final StructType selected;
    private final List<FeatureSplit.Measured> datasets;
    private final PushedFilters filters;
    private final FeatureReadPlan plan;
    private FeatureWork work;

    /** @param axes the features that may pass the filters, by feature space */
    FeatureScan(
            FeaturesTable table,
            StructType selected,
            Map<String, FeatureAxis> axes,
            List<FeatureSplit.Measured> datasets,
            PushedFilters filters) {
        this.table = table;
        this.selected = selected;
        this.datasets = datasets;
        this.filters = filters;
        List<String> names = Arrays.asList(selected.fieldNames());
        Map<String, FeatureSource> sources = new LinkedHashMap<>();
        table.sources().forEach((space, source) -> sources.put(space, source.withLayers(names)));
        this.plan = new FeatureReadPlan(
                UUID.randomUUID().toString(),
                table.read().snapshot(),
                table.read().storage(),
                selected,
                axes,
                sources,
                table.limits());
    }

    @Override
    public StructType readSchema() {
        return selected;
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
        return ColumnarSupportMode.SUPPORTED;
    }

    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return ScanMetrics.all();
    }

    @Override
    public InputPartition[] planInputPartitions() {
        return work().splits().toArray(new InputPartition[0]);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new FeatureReaderFactory(plan);
    }

    @Override
    public String description() {
        String source = plan.readsArrays() ? "; " + work().words() : "";
        return "hox " + table.read() + ", axis features; datasets: " + datasets.size() + " of "
                + table.datasets().size() + "; skipping by " + filters + source;
    }

    @Override
    public String toString() {
        return description();
    }

    private synchronized FeatureWork work() {
        if (work == null) {
            int parallelism = SparkSession.active().sparkContext().defaultParallelism();
            try (AtlasView view = table.read().open()) {
                work = FeatureWork.plan(view, plan, datasets, parallelism);
            }
        }
        return work;
    }
}
