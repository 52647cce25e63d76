package io.hox.spark;

import io.hox.lance.LanceScan;
import java.util.List;

/** The rows of a Lance batch that a scan returns, ascending. */
final class RowSelection {
    private final int[] rows;
    private final int count;

    private RowSelection(int[] rows, int count) {
        this.rows = rows;
        this.count = count;
    }

    /** All of the first {@code count} rows. */
    static RowSelection all(int count) {
        return new RowSelection(null, count);
    }

    /** The rows of the scan's current batch that pass every filter. */
    static RowSelection of(LanceScan scan, List<RowFilter> filters) {
        int all = scan.batch().getRowCount();
        if (filters.isEmpty() || all == 0) {
            return all(all);
        }
        int[] rows = new int[all];
        for (int i = 0; i < all; i++) {
            rows[i] = i;
        }
        int count = all;
        for (RowFilter filter : filters) {
            count = count == 0 ? 0 : filter.select(scan, rows, count);
        }
        return count == all ? all(all) : new RowSelection(rows, count);
    }

    /** Number of rows that are returned. */
    int count() {
        return count;
    }

    /** The place in the Lance batch of the n-th returned row. */
    int at(int n) {
        return rows == null ? n : rows[n];
    }

    /** Whether no row was left out. */
    boolean isAll() {
        return rows == null;
    }
}
