package io.hox.stored.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.HoxException;

/** Reads array documents of Zarr version 2 by saying the same in version 3. */
final class V2Layout {
    private final JsonNode old;
    private final String where;
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    V2Layout(JsonNode old, String where) {
        this.old = old;
        this.where = where;
    }

    Layout read() {
        JsonNode dtype = old.path("dtype");
        Elements elements = ElementNames.v2(dtype);
        if (elements == null) {
            throw new HoxException(
                    where + " has the type " + dtype + ", which is not supported; numbers, booleans and text are.");
        }
        checkFilters(elements);
        document.put("zarr_format", 3).put("node_type", "array");
        document.set("shape", old.path("shape").deepCopy());
        if (old.path("order").asText("C").equals("F") && old.path("shape").size() > 1) {
            throw new HoxException(where + " is stored column by column (order F), which is not supported. Write it"
                    + " again in order C, for example with numpy.ascontiguousarray.");
        }
        document.putObject("chunk_grid")
                .put("name", "regular")
                .putObject("configuration")
                .set("chunk_shape", chunks());
        document.putObject("chunk_key_encoding")
                .put("name", "v2")
                .putObject("configuration")
                .put("separator", old.path("dimension_separator").asText("."));
        JsonNode fill = old.path("fill_value");
        document.set("fill_value", fill.isMissingNode() ? JsonNodeFactory.instance.nullNode() : fill);
        ArrayNode codecs = document.putArray("codecs");
        codecs.addObject()
                .put("name", "bytes")
                .putObject("configuration")
                .put("endian", ElementNames.isBigEndian(dtype) ? "big" : "little");
        JsonNode compressor = old.path("compressor");
        if (!compressor.isMissingNode() && !compressor.isNull()) {
            codecs.addObject().put("name", codec(compressor.path("id").asText("")));
        }
        return Layout.of(elements, document, null, fill, where);
    }

    private void checkFilters(Elements elements) {
        JsonNode filters = old.path("filters");
        boolean text = elements.kind() == Elements.Kind.TEXT;
        for (JsonNode filter : filters) {
            String id = filter.path("id").asText("");
            if (!text || !id.equals("vlen-utf8")) {
                throw new HoxException(where + " is written through the filter '" + id
                        + "', which is not supported. Write it again with anndata.");
            }
        }
        if (text && filters.size() != 1) {
            throw new HoxException(where + " holds Python objects without a filter that makes text of them. Write it"
                    + " again with anndata.");
        }
    }

    private ArrayNode chunks() {
        ArrayNode chunks = JsonNodeFactory.instance.arrayNode();
        for (long length : Layout.lengths(old.path("chunks"), where)) {
            // An axis of length 0 may have chunks of none.
            chunks.add(Math.max(1, length));
        }
        return chunks;
    }

    private String codec(String id) {
        return switch (id) {
            case "blosc", "zstd", "gzip" -> id;
            case "zlib", "lz4" -> "numcodecs." + id;
            default -> throw new HoxException(where + " is compressed with '" + id
                    + "', which is not supported; blosc, zstd, gzip, zlib and lz4 are.");
        };
    }
}
