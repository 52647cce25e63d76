package io.hox.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import io.hox.HoxException;
import io.hox.codec.MalformedDataException;
import io.hox.codec.Transform;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads the codecs of an array document. */
final class CodecParser {
    private final String where;
    private final DataType type;

    CodecParser(String where, DataType type) {
        this.where = where;
        this.type = type;
    }

    /** The configuration of the sharding codec, null when there is none. */
    JsonNode sharding(JsonNode codecs) {
        if (!codecs.isArray() || codecs.isEmpty()) {
            throw fault("codecs is not a list with a codec: " + MetadataParser.shown(codecs));
        }
        for (JsonNode codec : codecs) {
            if (name(codec).equals("sharding_indexed")) {
                if (codecs.size() != 1) {
                    throw fault("codecs around sharding_indexed are not supported");
                }
                return codec.path("configuration");
            }
        }
        return null;
    }

    ShardLayout shardLayout(JsonNode sharding) {
        String location = sharding.path("index_location").asText("end");
        if (!location.equals("end") && !location.equals("start")) {
            throw fault("index_location '" + location + "' is neither 'end' nor 'start'");
        }
        JsonNode codecs = sharding.path("index_codecs");
        boolean plain = codecs.size() == 1 && name(codecs.get(0)).equals("bytes");
        boolean checked = codecs.size() == 2
                && name(codecs.get(0)).equals("bytes")
                && name(codecs.get(1)).equals("crc32c");
        if (!plain && !checked) {
            throw fault("index_codecs " + MetadataParser.shown(codecs) + " are not supported, only bytes with crc32c");
        }
        return new ShardLayout(location.equals("end"), order(codecs.get(0)), checked);
    }

    CodecChain chain(JsonNode codecs) {
        if (!codecs.isArray() || codecs.isEmpty() || !name(codecs.get(0)).equals("bytes")) {
            throw fault("codecs must start with 'bytes' (transposed and other layouts are not supported): "
                    + MetadataParser.shown(codecs));
        }
        List<ByteCodec> steps = new ArrayList<>();
        for (int i = 1; i < codecs.size(); i++) {
            steps.add(step(codecs.get(i)));
        }
        return new CodecChain(order(codecs.get(0)), List.copyOf(steps));
    }

    private ByteCodec step(JsonNode codec) {
        String name = name(codec);
        JsonNode configuration = codec.path("configuration");
        return switch (name) {
            case "zstd" -> new ByteCodec.Zstd(
                    configuration.path("level").asInt(0),
                    configuration.path("checksum").asBoolean(false));
            case "gzip" -> new ByteCodec.Gzip(gzipLevel(configuration));
            case "crc32c" -> new ByteCodec.Checksum();
            case "blosc", "numcodecs.blosc" -> new ForeignCodec.Blosc();
            case "numcodecs.lz4" -> new ForeignCodec.Lz4();
            case "numcodecs.zlib" -> new ForeignCodec.Zlib();
            case "homeobox.bitpacking", "lancell.bitpacking" -> bitPacked(name, configuration);
            default -> throw fault("codec '" + name + "' is not supported; supported are bytes, zstd, gzip, crc32c,"
                    + " homeobox.bitpacking, lancell.bitpacking, blosc, numcodecs.lz4 and numcodecs.zlib");
        };
    }

    private int gzipLevel(JsonNode configuration) {
        int level = configuration.path("level").asInt(5);
        if (level < 0 || level > 9) {
            throw fault("gzip level " + level + " is not between 0 and 9");
        }
        return level;
    }

    private ByteCodec bitPacked(String name, JsonNode configuration) {
        int elementSize = configuration.path("element_size").asInt(4);
        if (elementSize != 4 && elementSize != 8) {
            throw fault(name + " element_size " + elementSize + " is neither 4 nor 8");
        }
        try {
            Transform transform = Transform.of(configuration.path("transform").asText("none"));
            return new ByteCodec.BitPacked(name, transform, elementSize);
        } catch (MalformedDataException e) {
            throw new HoxException(where + ": " + e.getMessage(), e);
        }
    }

    void checkElementSizes(CodecChain chain, long chunkBytes) {
        if (!chain.steps().isEmpty()
                && chain.steps().get(0) instanceof ByteCodec.BitPacked packed
                && chunkBytes % packed.elementSize() != 0) {
            throw fault("chunks of " + chunkBytes + " bytes cannot be packed in elements of " + packed.elementSize()
                    + " bytes");
        }
    }

    /** One-byte elements have no order; documents leave it out. */
    private ByteOrder order(JsonNode bytes) {
        String endian = bytes.path("configuration").path("endian").asText("little");
        return switch (endian) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw fault("endian '" + endian + "' of " + type.zarrName() + " is neither little nor big");
        };
    }

    /** Codecs and other extension points may be written as an object with a name or as the bare name. */
    static String name(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.path("name").asText("");
    }

    private HoxException fault(String what) {
        return new HoxException(where + ": " + what);
    }
}
