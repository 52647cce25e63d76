package io.hox.spark.write;

import io.hox.zarr.ZarrHierarchy;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/** Writes the groups of one dataset: at most one a field, begun with the first cell that has data in it. */
final class DatasetWriter implements Closeable {
    private final AppendPlan plan;
    private final ZarrHierarchy zarr;
    private final String uid;
    private final String suffix;
    private final GroupWriter[] groups;
    private final boolean[] has;
    private long cells;

    /** @param suffix what the groups' names end with, different in every attempt of a task */
    DatasetWriter(AppendPlan plan, ZarrHierarchy zarr, String uid, String suffix) {
        this.plan = plan;
        this.zarr = zarr;
        this.uid = uid;
        this.suffix = suffix;
        this.groups = new GroupWriter[plan.fields().size()];
        this.has = new boolean[groups.length];
    }

    /** Whether a cell can be one of this dataset's: it measured the same features and has the same layers. */
    boolean takes(CellData[] cell) {
        for (int i = 0; i < groups.length; i++) {
            if (cell[i] != null && groups[i] != null && !groups[i].takes(cell[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Appends a cell.
     *
     * @param cell its data by field; null where it was not assayed
     * @param name names the cell in messages
     */
    void append(CellData[] cell, String name) {
        for (int i = 0; i < groups.length; i++) {
            has[i] = cell[i] != null;
            if (has[i]) {
                if (groups[i] == null) {
                    FieldInput field = plan.fields().get(i);
                    String path = plan.dataset() + "/" + plan.groupPrefix(field) + suffix;
                    groups[i] = new GroupWriter(field, zarr, path, cell[i]);
                }
                groups[i].append(cell[i], name);
            }
        }
        cells++;
    }

    String uid() {
        return uid;
    }

    /** Cells so far. */
    long cells() {
        return cells;
    }

    /** Whether the last cell has data in a field. */
    boolean has(int field) {
        return has[field];
    }

    /** The group of a field; null as long as no cell has data in it. */
    GroupWriter group(int field) {
        return groups[field];
    }

    /** Completes the arrays. */
    WrittenDataset finish() {
        List<WrittenDataset.Group> written = new ArrayList<>();
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] != null) {
                groups[i].finish();
                written.add(new WrittenDataset.Group(i, groups[i].set(), groups[i].path(), groups[i].rows()));
            }
        }
        return new WrittenDataset(uid, written);
    }

    @Override
    public void close() {
        for (GroupWriter group : groups) {
            if (group != null) {
                group.close();
            }
        }
    }
}
