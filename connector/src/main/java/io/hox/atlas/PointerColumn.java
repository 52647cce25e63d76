package io.hox.atlas;

import java.io.Serializable;

/**
 * A struct column of an obs table that points into Zarr groups.
 *
 * @param name the column's name; free in the second generation, the feature space's name in the first
 * @param featureSpace the feature space of all groups the column points to
 * @param kind what the pointer's children are
 * @param generation decides how "no data for this modality" is written
 */
public record PointerColumn(String name, String featureSpace, PointerKind kind, Generation generation)
        implements Serializable {}
