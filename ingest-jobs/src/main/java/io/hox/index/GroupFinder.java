package io.hox.index;

import io.hox.HoxException;
import io.hox.atlas.ArraySpec;
import io.hox.atlas.AtlasView;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.Encoding;
import io.hox.atlas.FeatureOriented;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.LayerSpec;
import io.hox.atlas.NearNames;
import io.hox.atlas.PointerKind;
import io.hox.zarr.DataType;
import io.hox.zarr.ZarrArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the groups that a request means, and what there is to copy of each. Reads documents only. */
final class GroupFinder {
    private static final int SHOWN = 5;

    private final AtlasView view;
    private final IndexRequest request;

    GroupFinder(AtlasView view, IndexRequest request) {
        this.view = view;
        this.request = request;
    }

    /**
     * The groups, in the order of the dataset table.
     *
     * @throws HoxException when the atlas has no such space or group
     */
    List<DatasetRow> groups() {
        if (request.featureSpace() != null && !isSparse(view.space(request.featureSpace()))) {
            throw new HoxException("groups of feature space " + request.featureSpace()
                    + " have no feature-major copy: they are no sparse matrices");
        }
        Map<String, DatasetRow> found = new LinkedHashMap<>();
        Map<String, DatasetRow> others = new LinkedHashMap<>();
        for (DatasetRow row : view.datasets()) {
            boolean wanted = request.featureSpace() == null
                    ? isSparse(view.space(row.featureSpace()))
                    : row.featureSpace().equals(request.featureSpace());
            (wanted ? found : others).putIfAbsent(row.zarrGroup(), row);
        }
        if (request.groups().isEmpty()) {
            return List.copyOf(found.values());
        }
        List<DatasetRow> chosen = new ArrayList<>();
        for (String group : request.groups().stream().distinct().toList()) {
            if (!found.containsKey(group)) {
                throw unknown(group, found.keySet(), others.get(group));
            }
            chosen.add(found.get(group));
        }
        return chosen;
    }

    private static boolean isSparse(FeatureSpace space) {
        return space.kind() == PointerKind.SPARSE && space.isMatrix() && space.featureOriented() != null;
    }

    private HoxException unknown(String group, Set<String> known, DatasetRow other) {
        if (other != null) {
            return new HoxException("group '" + group + "' is of feature space " + other.featureSpace()
                    + (request.featureSpace() == null
                            ? ", whose groups have no feature-major copy: they are no sparse matrices"
                            : ", not " + request.featureSpace()));
        }
        List<String> near = NearNames.find(group, known, SHOWN);
        return new HoxException("the atlas " + request.atlas() + " has no group '" + group + "'"
                + (near.isEmpty()
                        ? "; 'hox info " + request.atlas() + "' lists its groups"
                        : ", did you mean " + String.join(", ", near) + "?"));
    }

    /** Whether the group has a copy that readers see. */
    boolean hasCopy(DatasetRow row) {
        String path = row.zarrGroup() + "/" + oriented(row).pointersPath();
        return view.zarr().arrayOrNull(path) != null;
    }

    /**
     * What to copy.
     *
     * @throws HoxException when the group can't have a copy; the message says why
     */
    GroupCopy plan(DatasetRow row) {
        FeatureSpace space = view.space(row.featureSpace());
        String group = view.dataset(space.name(), row.zarrGroup()).zarrGroup();
        FeatureOriented oriented = space.featureOriented();
        ArraySpec rows = oriented.arrays().get(0);
        ArraySpec pointers = oriented.arrays().stream()
                .filter(spec -> spec.path().equals(oriented.pointersPath()))
                .findFirst()
                .orElseThrow(() -> new HoxException("the description of feature space " + space.name()
                        + " does not say what " + oriented.pointersPath() + " is"));
        if (oriented.arrays().size() != 2
                || !allows(rows.types(), DataType.UINT32)
                || !allows(pointers.types(), DataType.INT64)) {
            throw new HoxException("a copy of feature space " + space.name()
                    + " is other than 32-bit row numbers, 64-bit offsets and layers");
        }
        ZarrArray indices = flat(group + "/" + space.indicesPath());
        if (indices.type().isFloat()) {
            throw new HoxException("its array " + space.indicesPath() + " holds "
                    + indices.type().zarrName());
        }
        long entries = indices.shape()[0];
        return new GroupCopy(
                group,
                space.name(),
                view.remap(row.layoutUid()).length,
                entries,
                indices.path(),
                group + "/" + rows.path(),
                rows.encoding(),
                group + "/" + pointers.path(),
                pointers.encoding(),
                group + "/" + oriented.layersPath(),
                layers(space, group, entries));
    }

    private FeatureOriented oriented(DatasetRow row) {
        return view.space(row.featureSpace()).featureOriented();
    }

    private List<LayerCopy> layers(FeatureSpace space, String group, long entries) {
        FeatureOriented oriented = space.featureOriented();
        List<String> present = view.layers(space, group);
        List<LayerCopy> layers = new ArrayList<>();
        for (String name : request.layers().isEmpty() ? present : request.layers()) {
            if (!present.contains(name)) {
                throw new HoxException("it has no layer '" + name + "', only " + String.join(", ", present));
            }
            LayerSpec spec = spec(oriented, name);
            ZarrArray array = flat(group + "/" + space.layerPath(name));
            boolean allowed = spec == null ? oriented.openLayers() : allows(spec.types(), array.type());
            if (!allowed && (spec != null && spec.required() || request.layers().contains(name))) {
                throw new HoxException("a copy can't have its layer '" + name + "' of type "
                        + array.type().zarrName());
            }
            if (array.shape()[0] != entries) {
                throw new HoxException(
                        "its layer '" + name + "' has " + array.shape()[0] + " entries, its index array " + entries);
            }
            if (allowed) {
                String to = group + "/" + oriented.layersPath() + "/" + name;
                layers.add(new LayerCopy(array.path(), to, array.type(), encoding(spec, array.type())));
            }
        }
        for (LayerSpec spec : oriented.layers()) {
            if (spec.required() && layers.stream().noneMatch(layer -> layer.to().endsWith("/" + spec.name()))) {
                throw new HoxException("a copy must have the layer '" + spec.name() + "'"
                        + (present.contains(spec.name()) ? ": name it, too" : ", and the group has none"));
            }
        }
        if (layers.isEmpty()) {
            throw new HoxException("it has no layer that a copy can have");
        }
        return layers;
    }

    private static LayerSpec spec(FeatureOriented oriented, String name) {
        return oriented.layers().stream()
                .filter(layer -> layer.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** As the space says; floats are never packed, whatever it says of a layer of any type. */
    private static Encoding encoding(LayerSpec spec, DataType type) {
        Encoding wanted = spec == null ? Encoding.PACKED : spec.encoding();
        return type.isFloat() || type.bytes() < Integer.BYTES ? Encoding.ZSTD : wanted;
    }

    private ZarrArray flat(String path) {
        ZarrArray array = view.zarr().array(path);
        if (array.shape().length != 1) {
            throw new HoxException("its array " + path + " has " + array.shape().length + " axes");
        }
        return array;
    }

    private static boolean allows(List<DataType> types, DataType type) {
        return types.isEmpty() || types.contains(type);
    }
}
