package io.hox.spark.write;

import io.hox.atlas.AtlasUri;
import io.hox.atlas.FeatureSpaces;
import java.util.List;
import java.util.Map;

/**
 * What a user asks of a write.
 *
 * @param atlas where the rows go
 * @param spaces the user's descriptions of feature spaces
 * @param obsTable the table of cells; null for the only one
 * @param field the pointer column that top-level columns or a vector fill; null for the only one that can be
 * @param vector the column of ML vectors; null when there is none
 * @param layer the layer that the vectors become; null for the space's first one
 * @param features uids of the measured features by pointer column, "" for all of them; {@link #ALL} alone stands for
 *     all that the numbering atlas has
 * @param featuresFrom the atlas whose global indices the data hold; null when they are those of {@code atlas}, or
 *     positions in {@code features}
 * @param datasetUid uid of the dataset, or the beginning of those of several; null to make one
 * @param datasetColumns texts for the user's columns of the dataset table
 * @param dropUnknown whether columns that the atlas lacks are left out
 * @param snapshot whether a snapshot is made after the commit
 */
public record AppendRequest(
        Place atlas,
        FeatureSpaces spaces,
        String obsTable,
        String field,
        String vector,
        String layer,
        Map<String, List<String>> features,
        Place featuresFrom,
        String datasetUid,
        Map<String, String> datasetColumns,
        boolean dropUnknown,
        boolean snapshot) {
    /** Stands for all features of an atlas. */
    public static final String ALL = "*";

    /** An atlas and the settings that open it, which may hold secrets. */
    public record Place(AtlasUri uri, Map<String, String> storage) {
        @Override
        public String toString() {
            return uri.root();
        }
    }

    /** The features given for a pointer column; null when there are none. */
    List<String> featuresOf(String field) {
        List<String> own = features.get(field);
        return own == null ? features.get("") : own;
    }
}
