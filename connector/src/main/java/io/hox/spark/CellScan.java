package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.lance.LanceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;

/** A read of cells with all that was pushed into it. Splits are planned once, when they are first asked for. */
final class CellScan implements Scan, Batch, SupportsReportStatistics {
    /** Entries of a cell where nothing better is known. */
    private static final long TYPICAL_ENTRIES = 1_000;

    private final CellsTable table;
    private final StructType selected;
    private final PushedFilters filters;
    private final RowRange range;
    private final CellReadPlan plan;
    private CellScanWork work;
    private long filteredRows = -1;

    CellScan(
            CellsTable table,
            StructType selected,
            PushedFilters filters,
            List<RowFilterSpec> rowFilters,
            RowRange range) {
        this.table = table;
        this.selected = selected;
        this.filters = filters;
        this.range = range;
        this.plan = new CellReadPlan(
                UUID.randomUUID().toString(),
                table.read().snapshot(),
                table.obsTable(),
                table.read().storage(),
                filters.sql(),
                rowFilters,
                table.cells().prune(selected),
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
    public InputPartition[] planInputPartitions() {
        return work().splits().toArray(new InputPartition[0]);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new CellReaderFactory(work().plan());
    }

    @Override
    public CustomMetric[] supportedCustomMetrics() {
        return ScanMetrics.all();
    }

    @Override
    public synchronized Statistics estimateStatistics() {
        if (work != null && work.rows() != Slice.UNKNOWN) {
            return new Estimate(work.rows(), work.bytes());
        }
        if (filteredRows < 0) {
            try (AtlasView view = table.read().open()) {
                filteredRows = view.obs(table.obsTable().name()).countRows(plan.filter());
            }
        }
        long rows = Math.max(0, Math.min(filteredRows, range.end()) - range.offset());
        long perRow = ReadCost.bytesPerRow(plan.columns());
        for (OutputColumn.Pointer pointer : plan.arrayColumns()) {
            perRow += TYPICAL_ENTRIES * ReadCost.bytesPerEntry(pointer);
        }
        return new Estimate(rows, rows * perRow);
    }

    @Override
    public synchronized String description() {
        List<String> parts = new ArrayList<>();
        parts.add(table.read() + ", table " + table.obsTable().name());
        parts.add(filters.toString());
        for (RowFilterSpec filter : plan.rowFilters()) {
            parts.add("rows where " + filter);
        }
        for (OutputColumn column : plan.columns()) {
            if (column instanceof OutputColumn.Pointer pointer) {
                String features = pointer.axis().isEverything() ? "" : ", " + pointer.axis();
                String join = table.intersection() && pointer.readsArrays() ? ", intersection" : "";
                parts.add(
                        pointer.name() + "(" + String.join(", ", pointer.type().fieldNames()) + ")" + features + join);
            }
        }
        if (!range.isAll()) {
            parts.add(range.toString());
        }
        if (Orientation.matters(plan)) {
            // Worth planning ahead of time: the choice is what decides how much is read.
            parts.add(work().orientation());
        }
        String size = "up to " + table.limits().splitBytes() + " bytes each";
        parts.add("splits: "
                + (work == null ? size : Integer.toString(work.splits().size())));
        return "hox " + String.join("; ", parts);
    }

    @Override
    public String toString() {
        return description();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CellScan scan
                && range.equals(scan.range)
                && plan.readsSameAs(scan.plan)
                && table.intersection() == scan.table.intersection();
    }

    @Override
    public int hashCode() {
        return 31 * plan.columns().hashCode() + String.valueOf(plan.filter()).hashCode();
    }

    private synchronized CellScanWork work() {
        if (work == null) {
            int parallelism = SparkSession.active().sparkContext().defaultParallelism();
            try (AtlasView view = table.read().open()) {
                LanceTable obs = view.obs(table.obsTable().name());
                SplitPlanner planner = new SplitPlanner(obs, plan, range, parallelism);
                work = CellScanWork.plan(view, planner, plan, range, table.intersection());
            }
        }
        return work;
    }
}
