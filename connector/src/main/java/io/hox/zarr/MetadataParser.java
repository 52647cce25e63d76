package io.hox.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.HoxException;
import java.util.Iterator;
import java.util.Set;

/** Checks an array document and takes from it what reading and writing need. */
final class MetadataParser {
    private static final int MAX_RANK = 32;
    /** Bytes of a decoded chunk. */
    private static final long MAX_CHUNK = 1L << 30;
    /** Chunks of a shard: an index of 64 MiB. */
    private static final long MAX_CHUNKS_PER_SHARD = 1L << 22;

    private static final Set<String> KNOWN = Set.of(
            "shape",
            "data_type",
            "chunk_grid",
            "chunk_key_encoding",
            "fill_value",
            "codecs",
            "attributes",
            "dimension_names",
            "zarr_format",
            "node_type",
            "storage_transformers",
            "consolidated_metadata");

    private final ObjectNode document;
    private final String where;

    MetadataParser(ObjectNode document, String where) {
        this.document = document;
        this.where = where;
    }

    ArrayMetadata parse() {
        checkKind();
        DataType type = type();
        long[] shape = lengths(document.get("shape"), "shape", 0);
        JsonNode grid = document.path("chunk_grid");
        if (!grid.path("name").asText("").equals("regular")) {
            throw fault("chunk grid " + shown(grid.get("name")) + " is not supported, only 'regular'");
        }
        long[] outer = chunkLengths(grid.path("configuration").get("chunk_shape"), "chunk_grid", shape);
        CodecParser codecs = new CodecParser(where, type);
        JsonNode chain = document.path("codecs");
        JsonNode sharding = codecs.sharding(chain);
        long[] inner = sharding == null ? outer : chunkLengths(sharding.get("chunk_shape"), "sharding_indexed", shape);
        CodecChain steps = codecs.chain(sharding == null ? chain : sharding.path("codecs"));
        int[] chunk = new int[shape.length];
        int[] perShard = new int[shape.length];
        long chunkBytes = type.bytes();
        long chunksPerShard = 1;
        for (int k = 0; k < shape.length; k++) {
            if (inner[k] > MAX_CHUNK || (chunkBytes *= inner[k]) > MAX_CHUNK) {
                throw fault("chunks of shape " + shown(inner) + " are larger than " + MAX_CHUNK + " bytes");
            }
            if (outer[k] % inner[k] != 0) {
                throw fault("shard shape " + shown(outer) + " is not a multiple of the chunk shape " + shown(inner));
            }
            long count = outer[k] / inner[k];
            if (count > MAX_CHUNKS_PER_SHARD || (chunksPerShard *= count) > MAX_CHUNKS_PER_SHARD) {
                throw fault("shards of shape " + shown(outer) + " have more than " + MAX_CHUNKS_PER_SHARD + " chunks");
            }
            chunk[k] = (int) inner[k];
            perShard[k] = (int) count;
        }
        codecs.checkElementSizes(steps, chunkBytes);
        return new ArrayMetadata(
                document,
                type,
                grid(shape, chunk, perShard),
                FillValue.bits(document.get("fill_value"), type, where),
                keys(),
                steps,
                sharding == null ? null : codecs.shardLayout(sharding));
    }

    private Grid grid(long[] shape, int[] chunk, int[] perShard) {
        try {
            return new Grid(shape, chunk, perShard);
        } catch (HoxException e) {
            throw new HoxException(where + ": shape " + shown(shape) + ": " + e.getMessage(), e);
        }
    }

    private void checkKind() {
        if (document.path("zarr_format").asInt() != 3) {
            throw fault("zarr_format is " + shown(document.get("zarr_format")) + "; only version 3 is supported");
        }
        if (!document.path("node_type").asText("").equals("array")) {
            throw fault("node_type is " + shown(document.get("node_type")) + ", not 'array'");
        }
        JsonNode transformers = document.get("storage_transformers");
        if (transformers != null && !transformers.isEmpty()) {
            throw fault("storage transformers are not supported: " + transformers);
        }
        Iterator<String> names = document.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!KNOWN.contains(name)
                    && document.get(name).path("must_understand").asBoolean(true)) {
                throw fault("the extension '" + name + "' is not supported, and the document says that it must be");
            }
        }
    }

    private DataType type() {
        JsonNode node = document.get("data_type");
        String name =
                node != null && node.isObject() ? node.path("name").asText("") : node == null ? "" : node.asText("");
        DataType type = DataType.of(name);
        if (type == null) {
            throw fault("data type " + shown(node) + " is not supported; atlases have bool, (u)int8 to (u)int64,"
                    + " float32 and float64");
        }
        return type;
    }

    private KeyEncoding keys() {
        JsonNode encoding = document.get("chunk_key_encoding");
        String name = encoding == null ? "default" : CodecParser.name(encoding);
        boolean prefixed = name.equals("default");
        if (!prefixed && !name.equals("v2")) {
            throw fault("chunk key encoding " + shown(encoding) + " is not supported, only 'default' and 'v2'");
        }
        JsonNode separator =
                encoding == null ? null : encoding.path("configuration").get("separator");
        String text = separator == null ? (prefixed ? "/" : ".") : separator.asText("");
        if (!text.equals("/") && !text.equals(".")) {
            throw fault("chunk key separator " + shown(separator) + " is neither '/' nor '.'");
        }
        return new KeyEncoding(prefixed, text.charAt(0));
    }

    private long[] chunkLengths(JsonNode node, String what, long[] shape) {
        long[] lengths = lengths(node, what + " chunk_shape", 1);
        if (lengths.length != shape.length) {
            throw fault(what + " chunk_shape " + shown(lengths) + " has another rank than shape " + shown(shape));
        }
        return lengths;
    }

    private long[] lengths(JsonNode node, String what, long smallest) {
        if (node == null || !node.isArray() || node.size() > MAX_RANK) {
            throw fault(what + " is not a list of at most " + MAX_RANK + " numbers: " + shown(node));
        }
        long[] lengths = new long[node.size()];
        for (int k = 0; k < lengths.length; k++) {
            JsonNode length = node.get(k);
            if (!length.isIntegralNumber() || !length.canConvertToLong() || length.longValue() < smallest) {
                throw fault(what + " has the entry " + length + "; whole numbers from " + smallest + " on are allowed");
            }
            lengths[k] = length.longValue();
        }
        return lengths;
    }

    private HoxException fault(String what) {
        return new HoxException(where + ": " + what);
    }

    /** Parts of a damaged document may be long. */
    static String shown(JsonNode node) {
        String text = node == null ? "missing" : node.isTextual() ? "'" + node.textValue() + "'" : node.toString();
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }

    private static String shown(long[] lengths) {
        return java.util.Arrays.toString(lengths);
    }
}
