package io.hox.spark.write;

import java.io.Serializable;
import java.util.List;

/**
 * A dataset whose arrays are complete.
 *
 * @param uid its uid
 * @param groups its groups, none where no cell was assayed
 */
record WrittenDataset(String uid, List<Group> groups) implements Serializable {
    /**
     * A group of a dataset.
     *
     * @param field number of the field in the plan
     * @param set the features that were measured
     * @param path the group's path
     * @param rows cells in it
     */
    record Group(int field, int set, String path, long rows) implements Serializable {}
}
