package io.hox.atlas;

import io.hox.lance.LanceSql;
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
        implements Serializable {
    /** The child that every pointer has: the group, and whether there is one. */
    public static final String GROUP = "zarr_group";

    /**
     * Lance SQL for the rows that have this modality; never null, so that it can be negated. The struct itself says
     * nothing: absent pointers are null structs, structs of nulls, or structs of empty texts.
     */
    public String presentFilter() {
        String group = LanceSql.column(name, GROUP);
        return emptyIsAbsent() ? "(" + group + " IS NOT NULL AND " + group + " <> '')" : group + " IS NOT NULL";
    }

    /** The same question about a value that was read. */
    public boolean isPresent(String zarrGroup) {
        return zarrGroup != null && !(emptyIsAbsent() && zarrGroup.isEmpty());
    }

    private boolean emptyIsAbsent() {
        return generation == Generation.G1 || kind == PointerKind.DISCRETE_SPATIAL;
    }
}
