package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.Registry;
import io.hox.matrix.FeatureAxis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the features that a read is limited to. A list may name features of several spaces, genes and proteins for
 * example: each space gets those it has, and every name must be one of some space. A value that several features of a
 * space share stands for all of them.
 */
final class PinnedFeatures {
    private final AtlasView view;
    private final List<String> names;
    private final String key;

    PinnedFeatures(AtlasView view, List<String> names, String key) {
        this.view = view;
        this.names = names;
        this.key = key;
    }

    /**
     * The axis of each space that has any of the features.
     *
     * @param pointers the columns in question
     * @param chosen whether the user named these columns, so that each must have some of the features
     * @throws HoxException for a feature that no space has, naming near ones and the columns that hold the value
     */
    Map<String, FeatureAxis> bySpace(List<PointerColumn> pointers, boolean chosen) {
        Map<String, Registry> registries = registries(pointers, chosen);
        Set<String> unknown = new LinkedHashSet<>(names);
        Map<String, FeatureAxis> axes = new LinkedHashMap<>();
        for (Map.Entry<String, Registry> space : registries.entrySet()) {
            Registry registry = space.getValue();
            List<String> found = new ArrayList<>();
            if (registry.keys().contains(key)) {
                for (String name : names) {
                    if (registry.find(key, name).length > 0) {
                        found.add(name);
                    }
                }
            }
            if (!found.isEmpty()) {
                unknown.removeAll(found);
                axes.put(space.getKey(), FeatureAxis.pinned(registry.globalIndices(found, key)));
            } else if (chosen) {
                // Throws, and says what is near.
                registry.globalIndices(names, key);
            }
        }
        if (!unknown.isEmpty()) {
            registries.values().iterator().next().globalIndices(new ArrayList<>(unknown), key);
        }
        return axes;
    }

    private Map<String, Registry> registries(List<PointerColumn> pointers, boolean chosen) {
        Map<String, Registry> registries = new LinkedHashMap<>();
        for (PointerColumn pointer : pointers) {
            if (view.space(pointer.featureSpace()).isMatrix()) {
                registries.put(pointer.featureSpace(), view.registry(pointer.featureSpace()));
            } else if (chosen) {
                throw new HoxException("option features does not go with field '" + pointer.name() + "': its space "
                        + pointer.featureSpace() + " has no features");
            }
        }
        if (registries.isEmpty()) {
            throw new HoxException("option features is set, but the table has no column whose space has features");
        }
        return registries;
    }
}
