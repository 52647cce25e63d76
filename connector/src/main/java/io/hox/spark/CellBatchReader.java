package io.hox.spark;

import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import io.hox.matrix.FeatureMajor;
import io.hox.matrix.GroupReaders;
import io.hox.matrix.Remaps;
import io.hox.store.RequestCounter;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Reads the cells of a split. Each batch of Lance becomes one columnar batch, or several when the arrays of its cells
 * would not fit the budget.
 */
final class CellBatchReader implements PartitionReader<ColumnarBatch> {
    private static final String ADDRESS = "_rowaddr";

    private final CellReadPlan plan;
    private final ShardReader shared;
    private final Iterator<Slice> slices;
    private final List<String> lanceColumns;
    private final boolean withAddresses;
    private final PointerBatch[] pointers;
    private final LanceTable obs;
    private final RequestCounter counter = new RequestCounter();
    private final List<RowFilter> filters = new ArrayList<>();
    private LanceScan scan;
    private ColumnVector[] metadata;
    private RowSelection rows = RowSelection.all(0);
    private int nextRow;
    private long counted;
    private long cells;
    private ColumnarBatch current;

    /** @param shared opened for this reader, which closes it */
    CellBatchReader(CellReadPlan plan, CellSplit split, ShardReader shared) {
        this.plan = plan;
        this.shared = shared;
        this.obs = shared.view().obs(plan.obsTable().name());
        this.slices = split.slices().iterator();
        Set<String> columns = new LinkedHashSet<>();
        for (OutputColumn column : plan.columns()) {
            columns.addAll(column.lanceColumns());
        }
        this.pointers = new PointerBatch[plan.columns().size()];
        for (int i = 0; i < pointers.length; i++) {
            if (plan.columns().get(i) instanceof OutputColumn.Pointer pointer) {
                pointers[i] = pointerBatch(pointer);
            }
        }
        try {
            for (RowFilterSpec spec : plan.rowFilters()) {
                RowFilter filter = spec.open(plan, shared, counter);
                filters.add(filter);
                columns.addAll(filter.lanceColumns());
            }
        } catch (RuntimeException e) {
            filters.forEach(RowFilter::close);
            throw e;
        }
        this.withAddresses = columns.remove(ADDRESS);
        this.lanceColumns = new ArrayList<>(columns);
    }

    @Override
    public boolean next() {
        current = null;
        while (nextRow >= rows.count()) {
            if (counted > 0) {
                current = emptyBatch();
                return true;
            }
            if (!nextLanceBatch()) {
                return false;
            }
        }
        current = part();
        return true;
    }

    @Override
    public ColumnarBatch get() {
        return current;
    }

    @Override
    public CustomTaskMetric[] currentMetricsValues() {
        long entries = 0;
        for (PointerBatch pointer : pointers) {
            entries += pointer == null ? 0 : pointer.entries();
        }
        return ScanMetrics.values(counter.requests(), counter.bytesRead(), cells, entries);
    }

    @Override
    public void close() {
        try {
            closeScan();
            filters.forEach(RowFilter::close);
        } finally {
            shared.close();
        }
    }

    private PointerBatch pointerBatch(OutputColumn.Pointer column) {
        CellNames names = new CellNames(obs);
        String table = plan.obsTable().name();
        if (!column.readsArrays()) {
            return new PointerBatch(column, null, Long.MAX_VALUE, table, names);
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
        return new PointerBatch(column, groups.cells(), budget, table, names);
    }

    /** True when there are rows, or a count, to go on with; false at the end of the split. */
    private boolean nextLanceBatch() {
        while (true) {
            if (scan != null && scan.next()) {
                load();
                return true;
            }
            closeScan();
            if (!slices.hasNext()) {
                return false;
            }
            Slice slice = slices.next();
            if (lanceColumns.isEmpty() && filters.isEmpty() && slice.rows() != Slice.UNKNOWN) {
                // Counting needs no table: the planner knows.
                counted = slice.rows();
                return true;
            }
            scan = obs.scan(request(slice));
        }
    }

    private ScanRequest request(Slice slice) {
        ScanRequest all = ScanRequest.ALL
                .withColumns(lanceColumns)
                .withFilter(plan.filter())
                .withBatchSize(plan.limits().batchRows());
        return slice.of(withAddresses ? all.withRowAddresses() : all);
    }

    private void load() {
        rows = RowSelection.of(scan, filters);
        nextRow = 0;
        metadata = new ColumnVector[plan.columns().size()];
        for (int i = 0; i < metadata.length && rows.count() > 0; i++) {
            OutputColumn column = plan.columns().get(i);
            if (pointers[i] != null) {
                pointers[i].load(scan, rows);
            } else {
                metadata[i] = ArrowColumns.of(scan, scan.batch().getVector(column.name()), column.type());
            }
        }
    }

    private ColumnarBatch part() {
        int from = nextRow;
        int to = rows.count();
        for (PointerBatch pointer : pointers) {
            to = pointer == null ? to : Math.min(to, pointer.fit(from));
        }
        ColumnVector[] columns = new ColumnVector[metadata.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = pointers[i] == null ? SlicedColumn.of(metadata[i], rows, from) : pointers[i].column(from, to);
        }
        nextRow = to;
        cells += to - from;
        return new ColumnarBatch(columns, to - from);
    }

    private ColumnarBatch emptyBatch() {
        int count = (int) Math.min(counted, plan.limits().batchRows());
        counted -= count;
        cells += count;
        return new ColumnarBatch(new ColumnVector[0], count);
    }

    private void closeScan() {
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }
}
