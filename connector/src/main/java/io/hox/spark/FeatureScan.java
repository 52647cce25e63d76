package io.hox.spark;

import io.hox.atlas.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;

/** A read of features. Datasets are dealt out evenly: their feature counts seldom differ much. */
final class FeatureScan implements Scan, Batch {
    private static final int SPLITS_PER_CORE = 2;

    private final FeaturesTable table;
    private final StructType selected;
    private final List<FeatureSplit.Measured> datasets;
    private final PushedFilters filters;
    private final FeatureReadPlan plan;

    FeatureScan(FeaturesTable table, StructType selected, List<FeatureSplit.Measured> datasets, PushedFilters filters) {
        this.table = table;
        this.selected = selected;
        this.datasets = datasets;
        this.filters = filters;
        Snapshot snapshot = table.read().snapshot();
        this.plan = new FeatureReadPlan(
                UUID.randomUUID().toString(), snapshot, table.read().storage(), selected, table.axes(), table.limits());
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
    public InputPartition[] planInputPartitions() {
        int most = SPLITS_PER_CORE * SparkSession.active().sparkContext().defaultParallelism();
        int splits = Math.min(datasets.size(), most);
        InputPartition[] partitions = new InputPartition[splits];
        for (int i = 0; i < splits; i++) {
            int from = (int) ((long) i * datasets.size() / splits);
            int to = (int) ((i + 1L) * datasets.size() / splits);
            partitions[i] = new FeatureSplit(new ArrayList<>(datasets.subList(from, to)));
        }
        return partitions;
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new FeatureReaderFactory(plan);
    }

    @Override
    public String description() {
        return "hox " + table.read() + ", axis features; datasets: " + datasets.size() + " of "
                + table.datasets().size() + "; skipping by " + filters;
    }

    @Override
    public String toString() {
        return description();
    }
}
