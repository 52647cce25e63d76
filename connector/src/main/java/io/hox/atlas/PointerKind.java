package io.hox.atlas;

import java.util.Set;

/** How a cell points into the arrays of its Zarr group. */
public enum PointerKind {
    /** Elements {@code [start, end)} of the flat arrays of the group; {@code zarr_row} is the row number in it. */
    SPARSE("sparse", Set.of("zarr_group", "start", "end", "zarr_row")),
    /** Row {@code position} on the first axis of every layer. */
    DENSE("dense", Set.of("zarr_group", "position")),
    /** A half-open box {@code [min_corner, max_corner)} over the leading axes of every layer. */
    DISCRETE_SPATIAL("discrete_spatial", Set.of("zarr_group", "min_corner", "max_corner"));

    private final String configName;
    private final Set<String> children;

    PointerKind(String configName, Set<String> children) {
        this.configName = configName;
        this.children = children;
    }

    /** The name in descriptions of feature spaces: {@code sparse}, {@code dense}, {@code discrete_spatial}. */
    public String configName() {
        return configName;
    }

    /** The names of the pointer's children, without the {@code feature_space} child of the first generation. */
    public Set<String> children() {
        return children;
    }
}
