package io.hox.matrix;

import io.hox.HoxException;
import io.hox.atlas.FeatureSpace;
import java.io.Serializable;
import java.util.Objects;

/**
 * Where the groups of a feature space keep their numbers, relative to the group.
 *
 * @param featureSpace the space's name, for messages
 * @param indices path of the array of local feature indices, {@code csr/indices} for example; null in a dense space
 * @param layers path of the group of layers; empty for the group itself
 */
public record ArrayPaths(String featureSpace, String indices, String layers) implements Serializable {

    /** Checks that the parts are there. */
    public ArrayPaths {
        Objects.requireNonNull(featureSpace, "featureSpace");
        Objects.requireNonNull(layers, "layers");
    }

    /**
     * The arrays of a feature space.
     *
     * @throws HoxException when its groups are no matrices of cells x features
     */
    public static ArrayPaths of(FeatureSpace space) {
        if (!space.isMatrix()) {
            throw new HoxException("feature space '" + space.name() + "' has no matrix of cells x features ("
                    + (space.isFragments() ? "it holds fragments" : "it has no features") + ")");
        }
        return new ArrayPaths(space.name(), space.indicesPath(), space.layersPath());
    }

    /** Whether cells are element ranges of flat arrays; otherwise rows of matrices. */
    public boolean isSparse() {
        return indices != null;
    }

    String indicesOf(String group) {
        return group + "/" + indices;
    }

    /** Path of the array of a layer in a group. */
    public String layerOf(String group, String layer) {
        return layers.isEmpty() ? group + "/" + layer : group + "/" + layers + "/" + layer;
    }
}
