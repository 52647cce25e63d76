package io.hox.atlas;

import io.hox.HoxException;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.DataType;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrHierarchy;
import java.util.Arrays;
import java.util.List;

/** Compares a Zarr group with its feature space: arrays, layers, types and shapes. Reads documents only. */
final class GroupCheck {
    private final ZarrHierarchy zarr;
    private final FeatureSpace space;
    private final String group;
    private final List<String> findings;
    private long[] shape;

    /** @param findings gets one line for each thing that is wrong */
    GroupCheck(ZarrHierarchy zarr, FeatureSpace space, String group, List<String> findings) {
        this.zarr = zarr;
        this.space = space;
        this.group = group;
        this.findings = findings;
    }

    /** @return the shape that pointers and layouts must fit: of the index array, or of the layers; null when unknown */
    long[] run() {
        if (!zarr.groupExists(group)) {
            add("does not exist in " + zarr.store().uri() + "; remove its dataset row or write the group");
            return null;
        }
        for (ArraySpec spec : space.arrays()) {
            long[] found = check(spec.path(), spec.rank(), spec.rank(), spec.types(), true);
            shape = shape == null ? found : shape;
        }
        String directory = space.layersPath().isEmpty() ? group : group + "/" + space.layersPath();
        List<String> present = zarr.groupExists(directory) ? zarr.arrayNames(directory) : List.of();
        for (LayerSpec layer : space.layers()) {
            if (layer.required() && !present.contains(layer.name())) {
                add("lacks the required layer '" + layer.name() + "'");
            }
        }
        for (String name : present) {
            LayerSpec layer = space.layer(name);
            if (layer == null) {
                if (!space.openLayers()) {
                    add("has the layer '" + name + "', which the feature space " + space.name() + " does not allow");
                }
                continue;
            }
            long[] found = check(space.layerPath(name), layer.minRank(), layer.maxRank(), layer.types(), false);
            checkShape(name, found);
        }
        return shape;
    }

    private void checkShape(String layer, long[] found) {
        if (found == null || !space.isMatrix() && !space.isFragments()) {
            return;
        }
        if (shape == null) {
            shape = found;
        } else if (!Arrays.equals(shape, found)) {
            add("has arrays of different shapes: layer '" + layer + "' has " + Arrays.toString(found) + ", not "
                    + Arrays.toString(shape));
        }
    }

    private long[] check(String path, int minRank, int maxRank, List<DataType> types, boolean required) {
        try {
            ZarrArray array = zarr.arrayOrNull(group + "/" + path);
            if (array == null) {
                if (required) {
                    add("lacks the array '" + path + "'");
                }
                return null;
            }
            ArrayMetadata metadata = array.metadata();
            if (!types.isEmpty() && !types.contains(metadata.type())) {
                add("has the array '" + path + "' with type " + metadata.type().zarrName() + ", allowed are "
                        + types.stream().map(DataType::zarrName).toList());
            }
            int rank = metadata.shape().length;
            if (rank < minRank || rank > maxRank) {
                add("has the array '" + path + "' with " + rank + " axes");
                return null;
            }
            return metadata.shape();
        } catch (HoxException e) {
            add("can't be read: " + e.getMessage());
            return null;
        }
    }

    private void add(String problem) {
        findings.add("Zarr group '" + group + "' (feature space " + space.name() + ") " + problem);
    }
}
