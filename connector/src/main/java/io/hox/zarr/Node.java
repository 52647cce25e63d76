package io.hox.zarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.HoxException;

/** A {@code zarr.json}: of a group, or of an array, whose content is checked when somebody reads it. */
final class Node {
    private final ObjectNode document;
    private final String where;
    private final boolean array;
    private final int size;
    private ArrayMetadata metadata;

    private Node(ObjectNode document, String where, boolean array, int size) {
        this.document = document;
        this.where = where;
        this.array = array;
        this.size = size;
    }

    static Node parse(byte[] json, String where) {
        ObjectNode document = JsonText.parseObject(json, where);
        String kind = document.path("node_type").asText("");
        if (!kind.equals("array") && !kind.equals("group")) {
            throw new HoxException(where + ": node_type is " + MetadataParser.shown(document.get("node_type"))
                    + ", neither 'array' nor 'group'");
        }
        return new Node(document, where, kind.equals("array"), json.length);
    }

    boolean isArray() {
        return array;
    }

    synchronized ArrayMetadata metadata() {
        if (metadata == null) {
            metadata = new MetadataParser(document, where).parse();
        }
        return metadata;
    }

    /** Memory held, roughly: trees are larger than their text. */
    long bytes() {
        return 8L * size;
    }
}
