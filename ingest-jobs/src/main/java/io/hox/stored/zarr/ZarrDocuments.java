package io.hox.stored.zarr;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hox.HoxException;
import io.hox.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/**
 * The documents of a Zarr store, of version 2 or 3. Where they are consolidated at the root, no others are read.
 */
final class ZarrDocuments {
    private static final String V3 = "zarr.json";
    private static final String V2_ALL = ".zmetadata";
    private static final String V2_GROUP = ".zgroup";
    private static final String V2_ARRAY = ".zarray";
    private static final String V2_ATTRIBUTES = ".zattrs";
    static final List<String> NAMES = List.of(V3, V2_GROUP, V2_ALL, V2_ATTRIBUTES);

    /** Python writes NaN and Infinity bare. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /**
     * @param array the document of an array; missing for a group
     * @param version 2 or 3
     */
    record Node(JsonNode array, JsonNode attributes, int version) {
        boolean isArray() {
            return !array.isMissingNode();
        }
    }

    private final ObjectStore store;
    private final String base;
    private final int version;
    /** Documents by path; null where they are not consolidated. */
    private final JsonNode all;

    private ZarrDocuments(ObjectStore store, String base, int version, JsonNode all) {
        this.store = store;
        this.base = base;
        this.version = version;
        this.all = all;
    }

    static boolean isDocument(String name) {
        return NAMES.contains(name);
    }

    /** The documents of the store below a directory, null where there is none. */
    static ZarrDocuments open(ObjectStore store, String base) {
        JsonNode root = read(store, join(base, V3));
        if (root != null) {
            JsonNode all = root.path("consolidated_metadata").path("metadata");
            return new ZarrDocuments(store, base, 3, all.isObject() ? all : null);
        }
        JsonNode consolidated = read(store, join(base, V2_ALL));
        if (consolidated != null && consolidated.path("metadata").isObject()) {
            return new ZarrDocuments(store, base, 2, consolidated.path("metadata"));
        }
        boolean known = store.size(join(base, V2_GROUP)) >= 0 || store.size(join(base, V2_ATTRIBUTES)) >= 0;
        return known ? new ZarrDocuments(store, base, 2, null) : null;
    }

    /** A path of the tree as a path of the store. */
    String stored(String path) {
        return join(base, path);
    }

    /** What is at a path, null for nothing. */
    Node node(String path) {
        if (version == 3) {
            // The root's own document holds the others.
            JsonNode document = document(path, path.isEmpty() ? null : path, V3);
            if (document == null) {
                return null;
            }
            boolean array = document.path("node_type").asText("").equals("array");
            return new Node(array ? document : MissingNode.getInstance(), document.path("attributes"), 3);
        }
        JsonNode array = document(path, join(path, V2_ARRAY), V2_ARRAY);
        if (array == null && !path.isEmpty() && document(path, join(path, V2_GROUP), V2_GROUP) == null) {
            return null;
        }
        JsonNode attributes = document(path, join(path, V2_ATTRIBUTES), V2_ATTRIBUTES);
        return new Node(
                array == null ? MissingNode.getInstance() : array,
                attributes == null ? MissingNode.getInstance() : attributes,
                2);
    }

    /** @param key where consolidated documents have it; null where they have not */
    private JsonNode document(String path, String key, String name) {
        if (all != null && key != null) {
            return all.get(key);
        }
        return read(store, join(stored(path), name));
    }

    /** Names below a group, also of what is neither group nor array. */
    List<String> names(String path) {
        if (all == null) {
            List<String> names = new ArrayList<>(store.list(stored(path)));
            names.removeIf(name -> name.startsWith(".") || name.equals(V3));
            return names;
        }
        String prefix = path.isEmpty() ? "" : path + "/";
        TreeSet<String> names = new TreeSet<>();
        for (Iterator<String> keys = all.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            if (key.length() > prefix.length() && key.startsWith(prefix)) {
                int slash = key.indexOf('/', prefix.length());
                String name = key.substring(prefix.length(), slash < 0 ? key.length() : slash);
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        }
        return List.copyOf(names);
    }

    private static JsonNode read(ObjectStore store, String key) {
        byte[] json = store.readOrNull(key);
        if (json == null) {
            return null;
        }
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new HoxException(
                    store.uri() + ": " + key + " is no valid JSON. The store is damaged; copy or download it again.",
                    e);
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : name.isEmpty() ? path : path + "/" + name;
    }
}
