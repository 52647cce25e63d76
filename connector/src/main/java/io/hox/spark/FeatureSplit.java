package io.hox.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** Some of the features of some groups. */
record FeatureSplit(List<Part> parts) implements InputPartition {

    FeatureSplit {
        parts = List.copyOf(parts);
    }

    /** A group of a dataset and the layout that lists its features. */
    record Measured(String featureSpace, String datasetUid, String zarrGroup, String layoutUid)
            implements Serializable {

        /** The value of the column of that name; null when it is none of a dataset's. */
        String value(String column) {
            return switch (column) {
                case FeatureColumns.FEATURE_SPACE -> featureSpace;
                case FeatureColumns.DATASET_UID -> datasetUid;
                case FeatureColumns.ZARR_GROUP -> zarrGroup;
                case FeatureColumns.LAYOUT_UID -> layoutUid;
                default -> null;
            };
        }
    }

    /**
     * Wanted features of a group that follow one another.
     *
     * @param dataset the group
     * @param from the first one, counted among the wanted features of the group
     * @param to the one after the last; {@link #ALL} to go on to the end
     * @param cells cells that the snapshot has in the group; 0 where nobody asks
     * @param entries stored entries of these cells; -1 where that is not known
     * @param copied whether the group is read from its feature-major copy
     */
    record Part(Measured dataset, int from, int to, long cells, long entries, boolean copied) implements Serializable {
        static final int ALL = Integer.MAX_VALUE;
    }
}
