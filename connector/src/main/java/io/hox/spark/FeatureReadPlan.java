package io.hox.spark;

import io.hox.atlas.Snapshot;
import io.hox.matrix.FeatureAxis;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
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
 * @param sources where cells and numbers are, by feature space, with the selected layers
 * @param limits sizes of batches and splits
 */
record FeatureReadPlan(
        String scanId,
        Snapshot snapshot,
        Map<String, String> storage,
        StructType columns,
        Map<String, FeatureAxis> axes,
        Map<String, FeatureSource> sources,
        ReadLimits limits)
        implements Serializable {

    /** Whether the number of cells is a column. */
    boolean countsCells() {
        return Arrays.asList(columns.fieldNames()).contains(FeatureColumns.MEASURED_CELLS);
    }

    /** Whether numbers of cells are columns, so that arrays have to be read. */
    boolean readsArrays() {
        List<String> names = Arrays.asList(columns.fieldNames());
        boolean layers =
                sources.values().stream().anyMatch(source -> !source.layers().isEmpty());
        return layers || names.contains(FeatureColumns.CELLS);
    }

    /** The local indices of the wanted features of a layout, ascending. */
    int[] wanted(String featureSpace, int[] layout) {
        FeatureAxis axis = axes.get(featureSpace);
        int[] locals = new int[layout.length];
        int n = 0;
        for (int local = 0; local < layout.length; local++) {
            if (axis == null || axis.contains(layout[local])) {
                locals[n++] = local;
            }
        }
        return Arrays.copyOf(locals, n);
    }

    /** Leaves out the settings, which may hold secrets. */
    @Override
    public String toString() {
        return "FeatureReadPlan[" + scanId + ", " + columns.catalogString() + "]";
    }
}
