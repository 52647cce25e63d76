package io.hox.atlas;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.List;

/**
 * Derives a feature space that nobody described from how cells point into it and from what its groups hold: a sparse
 * space has an index array beside its group of layers, a dense one has its layers in {@code layers} or in the group.
 */
final class SpaceInference {
    private static final String LAYERS = "layers";
    private static final String CSR = "csr";
    private static final List<DataType> INDEX_TYPES =
            List.of(DataType.UINT32, DataType.UINT8, DataType.UINT16, DataType.UINT64);

    private final ZarrHierarchy zarr;

    SpaceInference(ZarrHierarchy zarr) {
        this.zarr = zarr;
    }

    /**
     * @param groups the space's groups, already checked; the first one that exists decides
     * @throws HoxException when the group's arrays can't be understood
     */
    FeatureSpace infer(String name, PointerKind kind, boolean hasFeatures, List<String> groups) {
        String group = null;
        for (String candidate : groups) {
            if (zarr.groupExists(candidate)) {
                group = candidate;
                break;
            }
        }
        if (kind == PointerKind.SPARSE) {
            return group == null
                    ? sparse(name, hasFeatures, CSR + "/indices", CSR + "/" + LAYERS)
                    : sparse(name, hasFeatures, group);
        }
        boolean flat = group != null && !zarr.groupNames(group).contains(LAYERS);
        return new FeatureSpace(name, kind, hasFeatures, List.of(), flat ? "" : LAYERS, List.of(), true, null);
    }

    private FeatureSpace sparse(String name, boolean hasFeatures, String group) {
        for (String part : cellOrientedFirst(zarr.groupNames(group))) {
            String path = group + "/" + part;
            if (!zarr.groupNames(path).contains(LAYERS)) {
                continue;
            }
            List<String> arrays = zarr.arrayNames(path);
            String indices = arrays.contains("indices") ? "indices" : arrays.size() == 1 ? arrays.get(0) : null;
            if (indices != null) {
                return sparse(name, hasFeatures, part + "/" + indices, part + "/" + LAYERS);
            }
        }
        throw new HoxException(
                "feature space '" + name + "' is not a built-in one, and the arrays of its group '" + group
                        + "' do not show its structure: no part of it has an index array beside a group called layers. Describe"
                        + " the space (JSON, see 'hox --help' and the option featureSpaces)");
    }

    private static FeatureSpace sparse(String name, boolean hasFeatures, String indices, String layersPath) {
        ArraySpec index = new ArraySpec(indices, 1, INDEX_TYPES, Encoding.PACKED_ZIGZAG);
        return new FeatureSpace(
                name, PointerKind.SPARSE, hasFeatures, List.of(index), layersPath, List.of(), true, null);
    }

    /** The copies that are sorted the other way have the same shape and must not be taken for the original. */
    private static List<String> cellOrientedFirst(List<String> parts) {
        List<String> order = new ArrayList<>();
        if (parts.contains(CSR)) {
            order.add(CSR);
        }
        for (String part : parts) {
            if (!part.equals(CSR) && !part.equals("csc") && !part.equals("genome_sorted")) {
                order.add(part);
            }
        }
        return order;
    }
}
