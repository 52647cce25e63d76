package io.hox.atlas;

import io.hox.HoxException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a modality looks like on disk: which arrays a Zarr group of it has and how cells point into them. Nothing of
 * this is stored in an atlas; it is built in, supplied by the user, or inferred.
 */
public final class FeatureSpace implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final PointerKind kind;
    private final boolean hasFeatures;
    private final List<ArraySpec> arrays;
    private final String indicesPath;
    private final String layersPath;
    private final List<LayerSpec> layers;
    private final boolean openLayers;
    private final FeatureOriented featureOriented;

    FeatureSpace(
            String name,
            PointerKind kind,
            boolean hasFeatures,
            List<ArraySpec> arrays,
            String layersPath,
            List<LayerSpec> layers,
            boolean openLayers,
            FeatureOriented featureOriented) {
        this.name = name;
        this.kind = kind;
        this.hasFeatures = hasFeatures;
        this.arrays = List.copyOf(arrays);
        this.indicesPath = kind == PointerKind.SPARSE ? arrays.get(0).path() : null;
        this.layersPath = layersPath;
        this.layers = List.copyOf(layers);
        this.openLayers = openLayers;
        this.featureOriented = featureOriented;
    }

    /** The space's name, as pointer columns and dataset rows give it. */
    public String name() {
        return name;
    }

    /** How cells point into the groups of the space. */
    public PointerKind kind() {
        return kind;
    }

    /** Whether columns mean features of a registry, so that groups have a layout. */
    public boolean hasFeatures() {
        return hasFeatures;
    }

    /** Whether cells of this space are rows of a matrix: sparse or dense over features, and not fragments. */
    public boolean isMatrix() {
        return hasFeatures && kind != PointerKind.DISCRETE_SPATIAL && !isFragments();
    }

    /** Whether the space holds genomic fragments: a chromosome number per element instead of a feature. */
    public boolean isFragments() {
        return indicesPath != null && indicesPath.endsWith("/chromosomes");
    }

    /** The structural arrays of the cell-oriented part; the first one of a sparse space is the index array. */
    public List<ArraySpec> arrays() {
        return arrays;
    }

    /** The index array relative to the group, such as {@code csr/indices}; null unless the space is sparse. */
    public String indicesPath() {
        return indicesPath;
    }

    /** The group of the layers relative to the Zarr group, such as {@code csr/layers}; empty for the group itself. */
    public String layersPath() {
        return layersPath;
    }

    /** The path of a layer relative to the Zarr group, such as {@code csr/layers/counts}. */
    public String layerPath(String layer) {
        return layersPath.isEmpty() ? layer : layersPath + "/" + layer;
    }

    /** The declared layers, required ones first; empty for an inferred space. */
    public List<LayerSpec> layers() {
        return layers;
    }

    /** The declared layer of that name; null when there is none. */
    public LayerSpec layer(String layer) {
        for (LayerSpec spec : layers) {
            if (spec.name().equals(layer)) {
                return spec;
            }
        }
        return null;
    }

    /** The required layers: what a query reads where it names none. Empty for an inferred space. */
    public List<String> defaultLayers() {
        List<String> names = new ArrayList<>();
        for (LayerSpec spec : layers) {
            if (spec.required()) {
                names.add(spec.name());
            }
        }
        return names;
    }

    /** Whether layers that are not declared may exist. */
    public boolean openLayers() {
        return openLayers;
    }

    /** The feature-oriented copy that a group may have; null when the space knows none. */
    public FeatureOriented featureOriented() {
        return featureOriented;
    }

    /**
     * The declared layer, or an error that lists what there is.
     *
     * @throws HoxException when the space does not allow such a layer
     */
    public LayerSpec requireLayer(String layer) {
        LayerSpec spec = layer(layer);
        if (spec == null && !openLayers) {
            List<String> names = new ArrayList<>();
            for (LayerSpec known : layers) {
                names.add(known.name());
            }
            throw new HoxException("feature space '" + name + "' has no layer '" + layer + "'; its layers are "
                    + String.join(", ", names));
        }
        return spec;
    }

    @Override
    public String toString() {
        return "FeatureSpace[" + name + ", " + kind.configName() + "]";
    }
}
