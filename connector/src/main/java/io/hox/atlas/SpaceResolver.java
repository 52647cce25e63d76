package io.hox.atlas;

import io.hox.HoxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The feature spaces of a view; those that nobody described are inferred once, from the groups that cells point to. */
final class SpaceResolver {
    private final AtlasView view;
    private final FeatureSpaces known;
    private final Map<String, FeatureSpace> inferred = new HashMap<>();

    SpaceResolver(AtlasView view, FeatureSpaces known) {
        this.view = view;
        this.known = known;
    }

    FeatureSpace space(String name) {
        FeatureSpace space = known.find(name);
        if (space != null) {
            return space;
        }
        synchronized (inferred) {
            return inferred.computeIfAbsent(name, this::infer);
        }
    }

    private FeatureSpace infer(String name) {
        Snapshot snapshot = view.snapshot();
        for (String obsTable : snapshot.obsTables().keySet()) {
            for (PointerColumn pointer : view.pointers(obsTable)) {
                if (pointer.featureSpace().equals(name)) {
                    boolean hasFeatures = snapshot.registries().containsKey(name);
                    List<String> groups = new ArrayList<>(view.groups(name));
                    return new SpaceInference(view.zarr()).infer(name, pointer.kind(), hasFeatures, groups);
                }
            }
        }
        Set<String> ofDatasets = new LinkedHashSet<>();
        for (DatasetRow row : view.datasets()) {
            ofDatasets.add(row.featureSpace());
        }
        throw new HoxException("the atlas " + snapshot.uri().root() + " has no feature space '" + name
                + "' at version " + snapshot.version() + "; the spaces of its datasets are: "
                + String.join(", ", ofDatasets));
    }
}
