package io.hox.spark;

import io.hox.atlas.Snapshot;
import io.hox.matrix.FeatureAxis;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * Everything that the tasks of a scan of features have in common.
 *
 * @param scanId identifies the scan among all of a JVM
 * @param snapshot the pinned state of the atlas
 * @param storage Hadoop settings that open the tables; may hold secrets
 * @param columns what to return, in order
 * @param axes the features to return, by feature space; a space without an entry has all
 * @param limits sizes of batches and splits
 */
record FeatureReadPlan(
        String scanId,
        Snapshot snapshot,
        Map<String, String> storage,
        StructType columns,
        Map<String, FeatureAxis> axes,
        ReadLimits limits)
        implements Serializable {

    /** Leaves out the settings, which may hold secrets. */
    @Override
    public String toString() {
        return "FeatureReadPlan[" + scanId + ", " + columns.catalogString() + "]";
    }
}
