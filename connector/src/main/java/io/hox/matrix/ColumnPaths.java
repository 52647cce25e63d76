package io.hox.matrix;

import io.hox.atlas.FeatureOriented;
import io.hox.atlas.FeatureSpace;
import java.io.Serializable;
import java.util.Objects;

/**
 * Where a group keeps its feature-major copy, relative to the group.
 *
 * @param pointers the array of offsets, one more than features: {@code csc/indptr}; it is written last, so a group that
 *     has it has the whole copy
 * @param indices the array of the cells' row numbers: {@code csc/indices}
 * @param layers the group of the layers: {@code csc/layers}
 */
public record ColumnPaths(String pointers, String indices, String layers) implements Serializable {

    /** Checks that the parts are there. */
    public ColumnPaths {
        Objects.requireNonNull(pointers, "pointers");
        Objects.requireNonNull(indices, "indices");
        Objects.requireNonNull(layers, "layers");
    }

    /** The paths of a feature space; null when its groups are no sparse matrices or it knows no such copy. */
    public static ColumnPaths of(FeatureSpace space) {
        FeatureOriented copy = space.featureOriented();
        boolean sparse = space.isMatrix() && space.indicesPath() != null;
        return copy == null || !sparse
                ? null
                : new ColumnPaths(copy.pointersPath(), copy.indicesPath(), copy.layersPath());
    }
}
