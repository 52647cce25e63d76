package io.hox.atlas;

import java.util.Map;

/**
 * One row of the dataset table: one Zarr group of one modality.
 *
 * @param datasetUid the logical dataset; the rows of a multimodal dataset share it
 * @param zarrGroup the path of the group below the store's root, as written: check it with {@link ZarrGroups} before use
 * @param featureSpace the feature space of the group
 * @param layoutUid the layout of the group's columns; empty when the space has no features
 * @param createdAt time of creation, ISO 8601 in UTC
 * @param extra all other columns in table order, values as String, Long, Double or Boolean; a null value means missing
 */
public record DatasetRow(
        String datasetUid,
        String zarrGroup,
        String featureSpace,
        String layoutUid,
        String createdAt,
        Map<String, Object> extra) {}
