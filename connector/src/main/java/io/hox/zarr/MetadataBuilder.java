package io.hox.zarr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Documents of new arrays, key by key as the reference writes them. */
final class MetadataBuilder {
    private MetadataBuilder() {}

    static ObjectNode sharded(
            DataType type, long[] shape, int[] chunkShape, long[] shardShape, Compression compression) {
        ObjectNode document = head(type, shape);
        numbers(grid(document).putArray("chunk_shape"), shardShape);
        middle(document, type);
        ObjectNode sharding = document.putArray("codecs").addObject().put("name", "sharding_indexed");
        ObjectNode configuration = sharding.putObject("configuration");
        numbers(configuration.putArray("chunk_shape"), widened(chunkShape));
        codecs(configuration.putArray("codecs"), type, compression);
        ArrayNode indexCodecs = configuration.putArray("index_codecs");
        bytes(indexCodecs, true);
        indexCodecs.addObject().put("name", "crc32c");
        configuration.put("index_location", "end");
        tail(document);
        return document;
    }

    static ObjectNode unsharded(DataType type, long[] shape, int[] chunkShape, Compression compression) {
        ObjectNode document = head(type, shape);
        numbers(grid(document).putArray("chunk_shape"), widened(chunkShape));
        middle(document, type);
        codecs(document.putArray("codecs"), type, compression);
        tail(document);
        return document;
    }

    /** A group without attributes. */
    static ObjectNode group() {
        ObjectNode document = JsonText.newObject();
        document.putObject("attributes");
        return document.put("zarr_format", 3).put("node_type", "group");
    }

    private static ObjectNode head(DataType type, long[] shape) {
        ObjectNode document = JsonText.newObject();
        numbers(document.putArray("shape"), shape);
        return document.put("data_type", type.zarrName());
    }

    private static ObjectNode grid(ObjectNode document) {
        return document.putObject("chunk_grid").put("name", "regular").putObject("configuration");
    }

    private static void middle(ObjectNode document, DataType type) {
        document.putObject("chunk_key_encoding")
                .put("name", "default")
                .putObject("configuration")
                .put("separator", "/");
        if (type == DataType.BOOL) {
            document.put("fill_value", false);
        } else if (type.isFloat()) {
            document.put("fill_value", 0.0);
        } else {
            document.put("fill_value", 0);
        }
    }

    private static void tail(ObjectNode document) {
        document.putObject("attributes");
        document.put("zarr_format", 3).put("node_type", "array");
        document.putArray("storage_transformers");
    }

    private static void codecs(ArrayNode codecs, DataType type, Compression compression) {
        bytes(codecs, type.bytes() > 1);
        if (compression instanceof Compression.Zstd zstd) {
            codecs.addObject()
                    .put("name", "zstd")
                    .putObject("configuration")
                    .put("level", zstd.level())
                    .put("checksum", false);
        } else if (compression instanceof Compression.BitPacked packed) {
            codecs.addObject()
                    .put("name", "homeobox.bitpacking")
                    .putObject("configuration")
                    .put("transform", packed.transform().configName())
                    .put("element_size", packed.elementSize());
        }
    }

    private static void bytes(ArrayNode codecs, boolean withEndian) {
        ObjectNode bytes = codecs.addObject().put("name", "bytes");
        if (withEndian) {
            bytes.putObject("configuration").put("endian", "little");
        }
    }

    private static void numbers(ArrayNode array, long[] values) {
        for (long value : values) {
            array.add(value);
        }
    }

    private static long[] widened(int[] values) {
        long[] wide = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
