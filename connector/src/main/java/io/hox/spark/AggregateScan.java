package io.hox.spark;

import io.hox.atlas.AtlasView;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;

/** Counts and extremes of cells, found by Lance in the table of cells alone. */
final class AggregateScan implements Scan, Batch, SupportsReportStatistics {
    private final CellsTable table;
    private final PushedFilters filters;
    private final PushedAggregate aggregate;
    private final List<AggregateSplit> splits;
    private final AggregatePlan plan;
    private long rows = -1;

    AggregateScan(CellsTable table, PushedFilters filters, PushedAggregate aggregate, List<AggregateSplit> splits) {
        this.table = table;
        this.filters = filters;
        this.aggregate = aggregate;
        this.splits = splits;
        this.plan = new AggregatePlan(
                UUID.randomUUID().toString(),
                table.read().snapshot(),
                table.obsTable(),
                table.read().storage(),
                filters.sql(),
                aggregate.lance(),
                aggregate.schema());
    }

    @Override
    public StructType readSchema() {
        return aggregate.schema();
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
        return splits.toArray(new InputPartition[0]);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new AggregateReaderFactory(plan);
    }

    /** With keys there are at most as many groups as cells; how many fewer is not known. */
    @Override
    public synchronized Statistics estimateStatistics() {
        if (rows < 0) {
            rows = aggregate.lance().keys().isEmpty() ? splits.size() : cells();
        }
        return new Estimate(rows, rows * aggregate.schema().defaultSize());
    }

    private long cells() {
        try (AtlasView view = table.read().open()) {
            return view.obs(table.obsTable().name()).countRows(filters.sql());
        }
    }

    @Override
    public String description() {
        return "hox " + table.read() + ", table " + table.obsTable().name() + "; " + filters + "; " + aggregate
                + "; splits: " + splits.size();
    }

    @Override
    public String toString() {
        return description();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AggregateScan scan
                && plan.snapshot().equals(scan.plan.snapshot())
                && plan.obsTable().equals(scan.plan.obsTable())
                && plan.storage().equals(scan.plan.storage())
                && Objects.equals(plan.filter(), scan.plan.filter())
                && plan.aggregate().equals(scan.plan.aggregate());
    }

    @Override
    public int hashCode() {
        return plan.aggregate().hashCode();
    }
}
