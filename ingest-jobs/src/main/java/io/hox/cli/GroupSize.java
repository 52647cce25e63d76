package io.hox.cli;

import io.hox.atlas.AtlasView;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.FeatureSpace;
import io.hox.store.ObjectStore;
import io.hox.zarr.ZarrArray;
import java.util.List;

/**
 * What the group of a dataset takes.
 *
 * @param entries stored entries of a layer: non-zeros of a sparse group, elements of a dense one
 * @param bytes size of all objects below the group, copies included
 */
record GroupSize(long entries, long bytes) {
    static GroupSize of(AtlasView view, DatasetRow dataset) {
        FeatureSpace space = view.space(dataset.featureSpace());
        return new GroupSize(
                entries(view, space, dataset.zarrGroup()), bytes(view.zarr().store(), dataset.zarrGroup()));
    }

    private static long entries(AtlasView view, FeatureSpace space, String group) {
        String path = space.indicesPath();
        if (path == null) {
            List<String> layers = view.layers(space, group);
            if (layers.isEmpty()) {
                return 0;
            }
            path = space.layerPath(layers.get(0));
        }
        ZarrArray array = view.zarr().arrayOrNull(group + "/" + path);
        long elements = array == null ? 0 : 1;
        if (array != null) {
            for (long extent : array.shape()) {
                elements *= extent;
            }
        }
        return elements;
    }

    private static long bytes(ObjectStore store, String path) {
        long size = store.size(path);
        if (size >= 0) {
            return size;
        }
        long sum = 0;
        for (String child : store.list(path)) {
            sum += bytes(store, path + "/" + child);
        }
        return sum;
    }
}
