package io.hox.stored.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.HoxException;

/** Reads array documents of Zarr version 3. */
final class V3Layout {
    private final ObjectNode document;
    private final String where;

    V3Layout(JsonNode document, String where) {
        this.document = document.deepCopy();
        this.where = where;
    }

    Layout read() {
        document.remove("attributes");
        JsonNode sharding = sharding();
        JsonNode codecs = sharding == null ? document.path("codecs") : sharding.path("codecs");
        JsonNode first = codecs.path(0);
        boolean bigEndian =
                first.path("configuration").path("endian").asText("").equals("big");
        Elements elements = ElementNames.v3(document.path("data_type"), bigEndian);
        if (elements == null) {
            throw new HoxException(where + " has the data type " + document.path("data_type")
                    + ", which is not supported; numbers, booleans and text are.");
        }
        if (elements.kind() == Elements.Kind.TEXT) {
            if (!name(first).equals("vlen-utf8") || !(codecs instanceof ArrayNode chain)) {
                throw new HoxException(where + " holds text that is encoded by '" + name(first)
                        + "', which is not supported; vlen-utf8 is.");
            }
            chain.set(0, chain.objectNode().put("name", "bytes"));
        }
        return Layout.of(elements, document, sharding, document.path("fill_value"), where);
    }

    private JsonNode sharding() {
        for (JsonNode codec : document.path("codecs")) {
            if (name(codec).equals("sharding_indexed")) {
                return codec.path("configuration");
            }
        }
        return null;
    }

    private static String name(JsonNode codec) {
        return codec.isTextual() ? codec.textValue() : codec.path("name").asText("");
    }
}
