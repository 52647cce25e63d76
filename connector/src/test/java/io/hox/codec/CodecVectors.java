package io.hox.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.testing.Shared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The input and output pairs made by the original codec, with the generators of their inputs. */
final class CodecVectors {
    private CodecVectors() {}

    static JsonNode document() {
        try {
            return new ObjectMapper().readTree(Shared.codecVectors().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes that a vector encodes. */
    static byte[] input(JsonNode vector) {
        int elementBytes = bytesOf(vector.get("input_dtype").asText());
        long[] values = values(vector.get("input"), vector.get("element_size").asInt());
        ByteBuffer out = ByteBuffer.allocate(values.length * elementBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            for (int i = 0; i < elementBytes; i++) {
                out.put((byte) (value >>> 8 * i));
            }
        }
        return out.array();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int bytesOf(String dtype) {
        return Integer.parseInt(dtype.replaceAll("[a-z]", "")) / 8;
    }

    private static long[] values(JsonNode input, int elementSize) {
        return switch (input.get("kind").asText()) {
            case "values" -> listed(input.get("values"));
            case "lcg" -> lcg(input, input.get("n").asInt());
            case "lcg_padded" -> lcg(input, input.get("total").asInt());
            case "cumsum" -> cumulated(input, elementSize);
            case "csr" -> columnsOfRows(input);
            default -> throw new IllegalArgumentException(input.toString());
        };
    }

    private static long[] listed(JsonNode values) {
        long[] out = new long[values.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = values.get(i).bigIntegerValue().longValue();
        }
        return out;
    }

    private static long[] lcg(JsonNode input, int length) {
        long[] out = new long[length];
        int bits = input.get("bits").asInt();
        long state = input.get("seed").asLong();
        for (int i = 0; i < input.get("n").asInt() && bits > 0; i++) {
            state = next(state);
            out[i] = state >>> 64 - bits | (i % 128 == 0 ? 1L << bits - 1 : 0);
        }
        return out;
    }

    private static long[] cumulated(JsonNode input, int elementSize) {
        long[] out = new long[input.get("n").asInt()];
        long state = input.get("seed").asLong();
        long sum = 0;
        for (int i = 0; i < out.length; i++) {
            state = next(state);
            sum += state >>> 64 - input.get("bits").asInt();
            out[i] = elementSize == 8 ? sum : sum & 0xFFFFFFFFL;
        }
        return out;
    }

    private static long[] columnsOfRows(JsonNode input) {
        long[] out = new long[input.get("n").asInt()];
        long state = input.get("seed").asLong();
        long x = -1;
        for (int i = 0; i < out.length; i++) {
            state = next(state);
            long step = (state >>> 33) % input.get("max_step").asInt();
            x = x + 1 + step;
            if (x >= input.get("n_features").asInt()) {
                x = step;
            }
            out[i] = x;
        }
        return out;
    }

    private static long next(long state) {
        return state * 6364136223846793005L + 1442695040888963407L;
    }
}
