package io.hox.spark;

import io.hox.store.RequestCounter;
import java.io.Serializable;

/**
 * A {@link RowFilter} on its way to the tasks. Scans whose specs are equal may share their result, so a spec has a value
 * for {@code equals}; a record does.
 */
interface RowFilterSpec extends Serializable {

    /**
     * Makes the filter of one task.
     *
     * @param plan the scan that the filter belongs to
     * @param shared what the tasks of the scan share; open as long as the filter
     * @param counter counts the requests of the task
     */
    RowFilter open(CellReadPlan plan, ShardReader shared, RequestCounter counter);
}
