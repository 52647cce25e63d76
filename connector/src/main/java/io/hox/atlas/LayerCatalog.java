package io.hox.atlas;

import io.hox.store.Parallel;
import io.hox.zarr.DataType;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Which layers the groups of a feature space have, and of which type. Each group is looked at once. Thread-safe. */
final class LayerCatalog {
    private final ZarrHierarchy zarr;
    private final Map<String, Map<String, DataType>> byPath = new ConcurrentHashMap<>();

    LayerCatalog(ZarrHierarchy zarr) {
        this.zarr = zarr;
    }

    /** The layers of one group with their stored types, in alphabetical order. */
    Map<String, DataType> layers(FeatureSpace space, String group) {
        String path = space.layersPath().isEmpty() ? group : group + "/" + space.layersPath();
        return byPath.computeIfAbsent(path, ignored -> list(space, group, path));
    }

    private Map<String, DataType> list(FeatureSpace space, String group, String path) {
        Set<String> structural = new LinkedHashSet<>();
        for (ArraySpec array : space.arrays()) {
            structural.add(group + "/" + array.path());
        }
        Map<String, DataType> layers = new TreeMap<>();
        for (String name : zarr.arrayNames(path)) {
            if (!structural.contains(path + "/" + name)) {
                ZarrArray array = zarr.array(path + "/" + name);
                layers.put(name, array.type());
            }
        }
        return layers;
    }

    /**
     * All layers that any of the groups has: required ones first, then declared, then others by name. A declared type
     * widens the found ones, as the format's readers do.
     */
    List<LayerType> union(FeatureSpace space, Collection<String> groups) {
        Map<String, DataType> found = new TreeMap<>();
        List<Map<String, DataType>> all = Parallel.map(
                groups, group -> layers(space, group), "listing the layers of feature space '" + space.name() + "'");
        for (Map<String, DataType> layers : all) {
            for (Map.Entry<String, DataType> layer : layers.entrySet()) {
                found.merge(layer.getKey(), layer.getValue(), Promotion::common);
            }
        }
        Map<String, DataType> ordered = new LinkedHashMap<>();
        for (LayerSpec spec : space.layers()) {
            DataType type = found.remove(spec.name());
            if (type != null) {
                for (DataType declared : spec.types()) {
                    type = Promotion.common(type, declared);
                }
                ordered.put(spec.name(), type);
            }
        }
        ordered.putAll(found);
        List<LayerType> union = new ArrayList<>();
        ordered.forEach((name, type) -> union.add(new LayerType(name, type)));
        return union;
    }
}
