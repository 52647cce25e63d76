package io.hox.atlas;

import io.hox.store.ObjectStore;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides where the arrays of a snapshot are. Releases of the first generation recorded the store's URI, which is stale
 * once an atlas has been moved or copied: it counts only where a store is there, and the neighbour of the database is
 * taken otherwise.
 */
final class StoreFinder {
    private final AtlasUri uri;
    private final Map<String, String> options;
    private final Map<String, String> found = new HashMap<>();

    StoreFinder(AtlasUri uri, Map<String, String> options) {
        this.uri = uri;
        this.options = options;
    }

    /** @param recorded the URI in the version record; null or empty when there is none */
    String find(String recorded) {
        if (recorded == null || recorded.isBlank() || !uri.hasDefaultStore()) {
            return uri.store();
        }
        return found.computeIfAbsent(recorded, this::choose);
    }

    private String choose(String recorded) {
        if (recorded.startsWith("memory:")) {
            return uri.store();
        }
        String place = AtlasUri.normalize(recorded, "the recorded Zarr store");
        if (place.equals(uri.store())) {
            return place;
        }
        // What a remote table says about this machine's directories is not followed, and a neighbour that exists is
        // tried before a remote place that may not answer.
        if (!AtlasUri.isRemote(place)) {
            return !AtlasUri.isRemote(uri.database()) && hasRoot(place) ? place : uri.store();
        }
        return hasRoot(uri.store()) || !hasRoot(place) ? uri.store() : place;
    }

    private boolean hasRoot(String store) {
        try (ObjectStore objects = ObjectStore.open(store, options)) {
            return objects.size("zarr.json") >= 0;
        }
    }
}
