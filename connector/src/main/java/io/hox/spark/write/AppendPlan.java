package io.hox.spark.write;

import io.hox.lance.LanceTableRef;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * All that a task needs to write its rows; made and checked on the driver.
 *
 * @param obsTable the cell table, for writing fragments
 * @param storeUri the Zarr root
 * @param storage settings of the store; may hold secrets
 * @param obs columns that fill cell metadata
 * @param uid where the cells' uids are in the row; -1 when they are made
 * @param fields the pointer columns to fill
 * @param dataset uid of the dataset, or the beginning of those of several
 * @param job distinguishes this write's groups from those of all others
 */
record AppendPlan(
        LanceTableRef obsTable,
        String storeUri,
        Map<String, String> storage,
        List<ObsInput> obs,
        int uid,
        List<FieldInput> fields,
        String dataset,
        String job)
        implements Serializable {
    static final String UID = "uid";
    static final String DATASET_UID = "dataset_uid";
    /** Stands between the write's dataset uid and the number of a task. */
    static final String PART = "-part-";

    boolean makesUids() {
        return uid < 0;
    }

    /** What the names of this write's groups of a field begin with, below {@link #dataset}. */
    String groupPrefix(FieldInput field) {
        return field.name() + "-" + job + "-";
    }

    /** Leaves out the settings, which may hold secrets. */
    @Override
    public String toString() {
        return "append " + dataset + " to " + obsTable.table();
    }
}
