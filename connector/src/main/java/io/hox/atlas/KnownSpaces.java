package io.hox.atlas;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrHierarchy;

/** Feature spaces for writing: built in, or with the types of the groups that an atlas has. */
public final class KnownSpaces {
    private KnownSpaces() {}

    /** The space of a pointer column. One that is not built in gets the usual paths of its kind, and takes any layer. */
    public static FeatureSpace of(AtlasWriter atlas, PointerColumn pointer) {
        FeatureSpace builtIn = atlas.space(pointer.featureSpace());
        if (builtIn != null) {
            return builtIn;
        }
        boolean sparse = pointer.kind() == PointerKind.SPARSE;
        ObjectNode root = new ObjectMapper().createObjectNode();
        ObjectNode description = root.putObject(pointer.featureSpace());
        description.put("kind", sparse ? "sparse" : "dense").put("openLayers", true);
        String group = firstGroup(atlas, pointer.featureSpace());
        if (group != null) {
            describe(description, atlas.zarr(), sparse ? group + "/csr" : group, sparse);
        }
        return FeatureSpaces.fromJson(root.toString()).find(pointer.featureSpace());
    }

    private static void describe(ObjectNode description, ZarrHierarchy zarr, String path, boolean sparse) {
        ZarrArray indices = sparse ? zarr.arrayOrNull(path + "/indices") : null;
        if (indices != null) {
            description.putArray("indicesTypes").add(indices.type().zarrName());
        }
        ObjectNode layers = description.putObject("layers");
        if (zarr.groupExists(path + "/layers")) {
            for (String name : zarr.arrayNames(path + "/layers")) {
                String type = zarr.array(path + "/layers/" + name).type().zarrName();
                layers.putObject(name).putArray("types").add(type);
            }
        }
    }

    private static String firstGroup(AtlasWriter atlas, String space) {
        for (DatasetRow row : atlas.datasets()) {
            if (row.featureSpace().equals(space) && atlas.zarr().groupExists(row.zarrGroup())) {
                return row.zarrGroup();
            }
        }
        return null;
    }
}
