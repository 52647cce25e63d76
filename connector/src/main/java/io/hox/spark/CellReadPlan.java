package io.hox.spark;

import io.hox.atlas.Snapshot;
import io.hox.atlas.TableRef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that the tasks of a scan of cells have in common; the driver makes it, executors only follow it.
 *
 * @param scanId identifies the scan among all of a JVM
 * @param snapshot the pinned state of the atlas
 * @param obsTable the table of cells, at its recorded version
 * @param storage Hadoop settings that open the store; may hold secrets
 * @param filter the pushed filter as Lance SQL; null = all rows
 * @param rowFilters what further leaves rows out, in this order
 * @param columns what to return, in order
 * @param limits sizes of batches and splits
 */
record CellReadPlan(
        String scanId,
        Snapshot snapshot,
        TableRef obsTable,
        Map<String, String> storage,
        String filter,
        List<RowFilterSpec> rowFilters,
        List<OutputColumn> columns,
        ReadLimits limits)
        implements Serializable {

    CellReadPlan {
        rowFilters = List.copyOf(rowFilters);
        columns = List.copyOf(columns);
    }

    /** The columns that need Zarr. */
    List<OutputColumn.Pointer> arrayColumns() {
        List<OutputColumn.Pointer> arrays = new ArrayList<>();
        for (OutputColumn column : columns) {
            if (column instanceof OutputColumn.Pointer pointer && pointer.readsArrays()) {
                arrays.add(pointer);
            }
        }
        return arrays;
    }

    CellReadPlan withColumns(List<OutputColumn> others) {
        return new CellReadPlan(scanId, snapshot, obsTable, storage, filter, rowFilters, others, limits);
    }

    CellReadPlan withRowFilters(List<RowFilterSpec> others) {
        return new CellReadPlan(scanId, snapshot, obsTable, storage, filter, others, columns, limits);
    }

    CellReadPlan withFilter(String sql) {
        return new CellReadPlan(scanId, snapshot, obsTable, storage, sql, rowFilters, columns, limits);
    }

    /** Whether the other plan returns the same rows and columns. */
    boolean readsSameAs(CellReadPlan other) {
        return snapshot.equals(other.snapshot)
                && obsTable.equals(other.obsTable)
                && storage.equals(other.storage)
                && Objects.equals(filter, other.filter)
                && rowFilters.equals(other.rowFilters)
                && columns.equals(other.columns)
                && limits.equals(other.limits);
    }

    /** Leaves out the settings, which may hold secrets. */
    @Override
    public String toString() {
        return "CellReadPlan[" + scanId + ", " + obsTable + ", " + filter + ", " + rowFilters + ", " + columns + "]";
    }
}
