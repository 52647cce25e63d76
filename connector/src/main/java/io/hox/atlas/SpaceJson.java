package io.hox.atlas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.HoxException;
import io.hox.zarr.DataType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads descriptions of feature spaces; the format is documented at {@link FeatureSpaces#fromJson}. */
final class SpaceJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> SPACE =
            Set.of("kind", "features", "indices", "indicesTypes", "layersPath", "layers", "openLayers");
    private static final Set<String> LAYER = Set.of("types", "required", "encoding", "rank");

    private SpaceJson() {}

    static List<FeatureSpace> parse(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new HoxException("the description of feature spaces is not JSON: " + e.getOriginalMessage(), e);
        }
        if (root == null || !root.isObject()) {
            throw new HoxException(
                    "the description of feature spaces must be a JSON object with one member per space, such as"
                            + " {\"lognorm_rna\": {\"kind\": \"dense\"}}");
        }
        List<FeatureSpace> spaces = new ArrayList<>();
        for (Iterator<Map.Entry<String, JsonNode>> it = root.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> member = it.next();
            spaces.add(space(member.getKey(), member.getValue()));
        }
        return spaces;
    }

    private static FeatureSpace space(String name, JsonNode node) {
        String where = "feature space '" + name + "'";
        if (name.isBlank()) {
            throw new HoxException("a feature space needs a name");
        }
        checkMembers(node, SPACE, where);
        PointerKind kind = kind(text(node, "kind", null, where), where);
        boolean sparse = kind == PointerKind.SPARSE;
        boolean features = flag(node, "features", kind != PointerKind.DISCRETE_SPATIAL, where);
        if (!sparse && (node.has("indices") || node.has("indicesTypes"))) {
            throw new HoxException(where + ": only a sparse space has 'indices'");
        }
        String indices = path(text(node, "indices", "csr/indices", where), "indices", where);
        String layersPath =
                path(text(node, "layersPath", sparse ? "csr/layers" : "layers", where), "layersPath", where);
        List<DataType> indexTypes = types(node.get("indicesTypes"), List.of(DataType.UINT32), where);
        List<ArraySpec> arrays =
                sparse ? List.of(new ArraySpec(indices, 1, indexTypes, Encoding.PACKED_ZIGZAG)) : List.of();
        List<LayerSpec> layers = layers(node.get("layers"), kind, features, where);
        boolean open = flag(node, "openLayers", layers.isEmpty(), where);
        return new FeatureSpace(name, kind, features, arrays, layersPath, layers, open, null);
    }

    private static List<LayerSpec> layers(JsonNode node, PointerKind kind, boolean features, String where) {
        List<LayerSpec> required = new ArrayList<>();
        List<LayerSpec> optional = new ArrayList<>();
        if (node == null) {
            return required;
        }
        if (!node.isObject()) {
            throw new HoxException(where + ": 'layers' must be an object with one member per layer");
        }
        for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
            Map.Entry<String, JsonNode> member = it.next();
            LayerSpec layer = layer(member.getKey(), member.getValue(), kind, features, where);
            (layer.required() ? required : optional).add(layer);
        }
        required.addAll(optional);
        return required;
    }

    private static LayerSpec layer(String name, JsonNode node, PointerKind kind, boolean features, String space) {
        String where = space + ", layer '" + name + "'";
        path(name, "a layer's name", where);
        checkMembers(node, LAYER, where);
        List<DataType> types = types(node.get("types"), List.of(), where);
        int minRank = kind == PointerKind.SPARSE ? 1 : 2;
        int maxRank = kind == PointerKind.SPARSE ? 1 : features ? 2 : 8;
        JsonNode rank = node.get("rank");
        if (rank != null) {
            if (!rank.isInt() || rank.intValue() < minRank || rank.intValue() > maxRank) {
                throw new HoxException(
                        where + ": 'rank' is " + rank + "; it must be between " + minRank + " and " + maxRank);
            }
            minRank = rank.intValue();
            maxRank = minRank;
        }
        Encoding encoding = Encoding.of(text(node, "encoding", defaultEncoding(kind, types), where), where);
        return new LayerSpec(name, flag(node, "required", false, where), minRank, maxRank, types, encoding);
    }

    private static String defaultEncoding(PointerKind kind, List<DataType> types) {
        boolean packs = kind == PointerKind.SPARSE
                && !types.isEmpty()
                && !types.get(0).isFloat()
                && types.get(0).bytes() >= Integer.BYTES;
        return (packs ? Encoding.PACKED : Encoding.ZSTD).configName();
    }

    private static PointerKind kind(String text, String where) {
        for (PointerKind kind : PointerKind.values()) {
            if (kind.configName().equals(text)) {
                return kind;
            }
        }
        throw new HoxException(where + ": 'kind' is " + (text == null ? "missing" : "'" + text + "'")
                + "; it must be sparse, dense or discrete_spatial");
    }

    private static List<DataType> types(JsonNode node, List<DataType> absent, String where) {
        if (node == null) {
            return absent;
        }
        if (!node.isArray()) {
            throw new HoxException(where + ": types must be an array such as [\"uint32\", \"float32\"]");
        }
        List<DataType> types = new ArrayList<>();
        for (JsonNode item : node) {
            DataType type = DataType.of(item.asText());
            if (type == null) {
                throw new HoxException(where + ": unknown type " + item + "; known are bool, int8 to int64, uint8 to"
                        + " uint64, float32 and float64");
            }
            types.add(type);
        }
        return types;
    }

    private static String path(String text, String member, String where) {
        String problem = ZarrGroups.problem(text);
        if (problem != null) {
            throw new HoxException(where + ": " + member + " '" + text + "' " + problem);
        }
        return text;
    }

    private static String text(JsonNode node, String member, String absent, String where) {
        JsonNode value = node.get(member);
        if (value == null) {
            return absent;
        }
        if (!value.isTextual()) {
            throw new HoxException(where + ": '" + member + "' must be a text, not " + value);
        }
        return value.textValue();
    }

    private static boolean flag(JsonNode node, String member, boolean absent, String where) {
        JsonNode value = node.get(member);
        if (value == null) {
            return absent;
        }
        if (!value.isBoolean()) {
            throw new HoxException(where + ": '" + member + "' must be true or false, not " + value);
        }
        return value.booleanValue();
    }

    private static void checkMembers(JsonNode node, Set<String> known, String where) {
        if (!node.isObject()) {
            throw new HoxException(where + " must be a JSON object, not " + node);
        }
        for (Iterator<String> it = node.fieldNames(); it.hasNext(); ) {
            String member = it.next();
            if (!known.contains(member)) {
                throw new HoxException(where + ": unknown member '" + member + "'; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}
