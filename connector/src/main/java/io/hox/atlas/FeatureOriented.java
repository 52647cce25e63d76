package io.hox.atlas;

import java.io.Serializable;
import java.util.List;

/**
 * The optional copy of a sparse group that is sorted by feature (or by place in the genome).
 *
 * @param arrays its structural arrays, all required once the copy exists; the first one holds the cells' row numbers
 * @param pointersPath the array of offsets, one more than features: {@code csc/indptr}
 * @param layersPath where its layers are
 * @param layers allowed layers
 * @param openLayers whether layers that are not listed may exist
 */
public record FeatureOriented(
        List<ArraySpec> arrays, String pointersPath, String layersPath, List<LayerSpec> layers, boolean openLayers)
        implements Serializable {

    public FeatureOriented {
        arrays = List.copyOf(arrays);
        layers = List.copyOf(layers);
    }

    /** The array of the cells' row numbers, relative to the group. */
    public String indicesPath() {
        return arrays.get(0).path();
    }
}
