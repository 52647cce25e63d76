package io.hox.spark;

import io.hox.lance.LanceBatch;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rows of a split, part by part and batch by batch, less those that the row filters leave out. */
final class SplitRows implements AutoCloseable {
    private static final String ADDRESS = "_rowaddr";

    private final LanceTable obs;
    private final ScanRequest request;
    private final List<RowFilter> filters;
    private final Iterator<ScanPart> parts;
    private LanceScan scan;
    /** Rows still to be returned that nobody wants to see anything of. */
    private long counted;

    /** @param filters closed with this */
    SplitRows(LanceTable obs, CellReadPlan plan, List<ScanPart> parts, List<RowFilter> filters) {
        this.obs = obs;
        this.filters = filters;
        this.parts = parts.iterator();
        Set<String> columns = new LinkedHashSet<>();
        for (OutputColumn column : plan.columns()) {
            columns.addAll(column.lanceColumns());
        }
        for (RowFilter filter : filters) {
            columns.addAll(filter.lanceColumns());
        }
        boolean addresses = columns.remove(ADDRESS);
        ScanRequest all = ScanRequest.ALL
                .withColumns(new ArrayList<>(columns))
                .withFilter(plan.filter())
                .withBatchSize(plan.limits().batchRows());
        this.request = addresses ? all.withRowAddresses() : all;
    }

    /** The next rows; null at the end of the split. */
    SelectedBatch next() {
        while (counted == 0) {
            if (scan != null && scan.next()) {
                RowSelection rows = RowSelection.of(scan, filters);
                if (rows.count() > 0) {
                    return new SelectedBatch(scan.take(), rows);
                }
            } else {
                closeScan();
                if (!parts.hasNext()) {
                    return null;
                }
                open(parts.next());
            }
        }
        int rows = (int) Math.min(counted, request.batchSize());
        counted -= rows;
        return new SelectedBatch(LanceBatch.withoutColumns(rows), RowSelection.all(rows));
    }

    private void open(ScanPart part) {
        if (request.columns().isEmpty() && filters.isEmpty() && part.rows() != Slice.UNKNOWN) {
            // Counting needs no table: the planner knows.
            counted = part.rows();
        } else {
            scan = obs.scan(part.of(request));
        }
    }

    private void closeScan() {
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }

    @Override
    public void close() {
        try {
            closeScan();
        } finally {
            filters.forEach(RowFilter::close);
        }
    }
}
