package io.hox.atlas;

import io.hox.HoxException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Which layers the groups of a feature space have, and of which type. Each group is looked at once. Thread-safe. */
final class LayerCatalog {
    /** Listing is latency, not work: an atlas of a thousand datasets in an object store is listed in seconds. */
    private static final int THREADS = 16;

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
        for (Map<String, DataType> layers : all(space, groups)) {
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

    private List<Map<String, DataType>> all(FeatureSpace space, Collection<String> groups) {
        List<Map<String, DataType>> all = new ArrayList<>();
        if (groups.size() < 4) {
            for (String group : groups) {
                all.add(layers(space, group));
            }
            return all;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(THREADS, groups.size()));
        try {
            List<Future<Map<String, DataType>>> futures = new ArrayList<>();
            for (String group : groups) {
                futures.add(pool.submit(() -> layers(space, group)));
            }
            for (Future<Map<String, DataType>> future : futures) {
                all.add(future.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HoxException known
                    ? known
                    : new HoxException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoxException("listing the layers of feature space '" + space.name() + "' was interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
