package io.hox.stored.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.HoxException;
import io.hox.zarr.ArrayMetadata;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/**
 * How the elements of an array lie in its store, as an array of numbers: text of a fixed width as one of bytes, text of
 * any length as one whose chunks are not looked into.
 *
 * @param metadata of the array of numbers
 * @param shape of the array itself
 * @param fill what never was written, of text
 */
record Layout(Elements elements, ArrayMetadata metadata, long[] shape, String fill) {

    /** @param where names the array in messages */
    static Layout of(ZarrDocuments.Node node, String where) {
        return node.version() == 3
                ? new V3Layout(node.array(), where).read()
                : new V2Layout(node.array(), where).read();
    }

    /**
     * @param document of version 3, whose data type, fill value and codecs suit the elements already
     * @param sharding configuration of the sharding codec in it; null where there is none
     */
    static Layout of(Elements elements, ObjectNode document, JsonNode sharding, JsonNode fill, String where) {
        long[] shape = lengths(document.path("shape"), where);
        document.put("data_type", elements.stored().zarrName());
        if (elements.kind() != Elements.Kind.NUMBERS) {
            boolean zero = fill.isMissingNode() || fill.isNull() || fill.isNumber() && fill.doubleValue() == 0;
            if (elements.kind() == Elements.Kind.HALVES && !zero) {
                throw new HoxException(where + " has the fill value " + fill
                        + ", which is not supported for float16. Write it again as float32.");
            }
            document.put("fill_value", 0);
        }
        if (elements.width() > 1) {
            if (shape.length != 1) {
                throw new HoxException(where + " has " + shape.length + " axes of text where one is supported.");
            }
            widen(document, "shape", elements.width());
            widen(document.path("chunk_grid").path("configuration"), "chunk_shape", elements.width());
            if (sharding != null) {
                widen(sharding, "chunk_shape", elements.width());
            }
        }
        byte[] json = document.toString().getBytes(StandardCharsets.UTF_8);
        return new Layout(elements, ArrayMetadata.parse(json, where), shape, fill.isTextual() ? fill.textValue() : "");
    }

    private static void widen(JsonNode parent, String name, int width) {
        if (parent.path(name) instanceof ArrayNode lengths
                && lengths.size() == 1
                && lengths.get(0).isIntegralNumber()) {
            lengths.set(0, lengths.numberNode(Math.multiplyExact(lengths.get(0).longValue(), width)));
        }
    }

    static long[] lengths(JsonNode lengths, String where) {
        if (!lengths.isArray()) {
            throw new HoxException(where + " has no shape. Its document is damaged.");
        }
        return LongStream.range(0, lengths.size())
                .map(k -> lengths.get((int) k).asLong(-1))
                .toArray();
    }
}
