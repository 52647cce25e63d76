package io.hox.spark;

import io.hox.lance.LanceTable;
import io.hox.matrix.FeatureMajor;
import io.hox.matrix.GroupReaders;
import io.hox.matrix.Remaps;
import io.hox.store.RequestCounter;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads the cells of a split. Each batch of Lance becomes one columnar batch, or several when the arrays of its cells
 * would not fit the budget.
 */
final class CellBatchReader implements PartitionReader<ColumnarBatch> {
    private final CellReadPlan plan;
    private final ShardReader shared;
    private final PointerReader[] readers;
    private final LanceTable obs;
    private final RequestCounter counter = new RequestCounter();
    private final ReadAhead parts;
    private BatchPart current;
    private long cells;

    /** @param shared opened for this reader, which closes it */
    CellBatchReader(CellReadPlan plan, CellSplit split, ShardReader shared) {
        this.plan = plan;
        this.shared = shared;
        this.obs = shared.view().obs(plan.obsTable().name());
        this.readers = new PointerReader[plan.columns().size()];
        for (int i = 0; i < readers.length; i++) {
            if (plan.columns().get(i) instanceof OutputColumn.Pointer pointer) {
                readers[i] = pointerReader(pointer);
            }
        }
        SplitRows rows = new SplitRows(obs, plan, split.parts(), filters());
        this.parts = new ReadAhead(rows, plan.columns(), readers);
    }

    @Override
    public boolean next() {
        closeCurrent();
        current = parts.next();
        if (current == null) {
            return false;
        }
        cells += current.columns().numRows();
        return true;
    }

    @Override
    public ColumnarBatch get() {
        return current.columns();
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        long entries = 0;
        for (PointerReader reader : readers) {
            entries += reader == null ? 0 : reader.entries();
        }
        return ScanMetrics.values(counter, cells, entries);
    }

    @Override
    public void close() {
        try (shared;
                parts) {
            closeCurrent();
        }
    }

    private void closeCurrent() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    private List<RowFilter> filters() {
        List<RowFilter> filters = new ArrayList<>();
        try {
            for (RowFilterSpec spec : plan.rowFilters()) {
                filters.add(spec.open(plan, shared, counter));
            }
            return filters;
        } catch (RuntimeException e) {
            filters.forEach(RowFilter::close);
            throw e;
        }
    }

    private PointerReader pointerReader(OutputColumn.Pointer column) {
        CellNames names = new CellNames(obs);
        String table = plan.obsTable().name();
        if (!column.readsArrays()) {
            return new PointerReader(column, null, Long.MAX_VALUE, table, names, () -> {});
        }
        // Array documents and shard indexes are shared through the hierarchy's cache; only the counting is the task's.
        ZarrHierarchy zarr = shared.view().zarr().counting(counter);
        Remaps remaps = shared.remaps(column.axis());
        String space = column.pointer().featureSpace();
        UnaryOperator<String> layoutOf =
                group -> shared.view().dataset(space, group).layoutUid();
        FeatureMajor featureMajor = column.featureMajor().isEmpty()
                ? FeatureMajor.NONE
                : new FeatureMajor(column.copies(), column.featureMajor(), shared.columns());
        GroupReaders groups = new GroupReaders(zarr, column.paths(), remaps, layoutOf, column.layers(), featureMajor);
        long share = plan.limits().batchBytes() / plan.arrayColumns().size();
        long budget = Math.max(1, share / ReadCost.bytesPerEntry(column));
        // What lies on this machine is read as fast when it is needed.
        Runnable readAhead = zarr.store().isRemote() ? this::readAhead : () -> {};
        return new PointerReader(column, groups.cells(), budget, table, names, readAhead);
    }

    private void readAhead() {
        parts.run();
    }
}
