package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.lance.LanceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.SupportsRuntimeV2Filtering;
import org.apache.spark.sql.types.StructType;

/**
 * A read of cells with all that was pushed into it. Splits are planned once, when they are first asked for; runtime filters
 * have come by then.
 */
final class CellScan implements Scan, Batch, SupportsReportStatistics, SupportsRuntimeV2Filtering {
    private final CellsTable table;
    private final StructType selected;
    private final CellPushdown pushed;
    private final CellReadPlan plan;
    private RuntimeFilters runtime = RuntimeFilters.NONE;
    private CellScanWork work;
    private Estimate estimate;

    CellScan(CellsTable table, StructType selected, CellPushdown pushed) {
        this.table = table;
        this.selected = selected;
        this.pushed = pushed;
        this.plan = new CellReadPlan(
                UUID.randomUUID().toString(),
                table.read().snapshot(),
                table.obsTable(),
                table.read().storage(),
                pushed.filters().sql(),
                pushed.rowFilters(),
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

    /** Filters would change which cells are the first ones. */
    @Override
    public NamedReference[] filterAttributes() {
        return pushed.dependsOnOtherRows() ? new NamedReference[0] : RuntimeFilters.columns(table.cells(), selected);
    }

    /** Spark asks for the splits after this, also if it has asked before. */
    @Override
    public synchronized void filter(Predicate[] predicates) {
        RuntimeFilters found = RuntimeFilters.of(predicates, PredicateToLance.of(table.cells()));
        if (!found.equals(runtime)) {
            runtime = found;
            work = null;
        }
    }

    @Override
    public synchronized Statistics estimateStatistics() {
        if (work != null && work.rows() != Slice.UNKNOWN && pushed.sample() == null) {
            return new Estimate(work.rows(), work.bytes());
        }
        if (estimate == null) {
            try (AtlasView view = table.read().open()) {
                LanceTable obs = view.obs(table.obsTable().name());
                long rows = pushed.rows(obs.countRows(plan.filter()));
                long perRow = ReadCost.bytesPerRow(plan.columns());
                TypicalEntries entries = new TypicalEntries(view, obs);
                for (OutputColumn.Pointer pointer : plan.arrayColumns()) {
                    perRow += entries.of(pointer) * ReadCost.bytesPerEntry(pointer);
                }
                estimate = new Estimate(rows, rows * perRow);
            }
        }
        return estimate;
    }

    @Override
    public synchronized String description() {
        List<String> parts = new ArrayList<>();
        parts.add(table.read() + ", table " + table.obsTable().name());
        parts.addAll(pushed.describe());
        if (!runtime.equals(RuntimeFilters.NONE)) {
            parts.add("at runtime: " + runtime.text());
        }
        for (OutputColumn column : plan.columns()) {
            if (column instanceof OutputColumn.Pointer pointer) {
                String features = pointer.axis().isEverything() ? "" : ", " + pointer.axis();
                String join = table.intersection() && pointer.readsArrays() ? ", intersection" : "";
                parts.add(
                        pointer.name() + "(" + String.join(", ", pointer.type().fieldNames()) + ")" + features + join);
            }
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
                && pushed.range().equals(scan.pushed.range())
                && Objects.equals(pushed.top(), scan.pushed.top())
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
                CellReadPlan late = plan.withFilter(filter(obs));
                SplitPlanner planner = new SplitPlanner(obs, late, pushed.range(), parallelism);
                work = CellScanWork.plan(view, planner, late, pushed.range(), table.intersection());
            }
        }
        return work;
    }

    /** The pushed filter, narrowed by what is found out only now. */
    private String filter(LanceTable obs) {
        String filter = runtime.and(plan.filter());
        return pushed.top() == null ? filter : pushed.top().filter(obs, filter);
    }
}
