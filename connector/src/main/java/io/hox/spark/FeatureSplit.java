package io.hox.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/** Some of the datasets of a scan of features. */
record FeatureSplit(List<Measured> datasets) implements InputPartition {

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
}
