package io.hox.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Bit packing gives byte for byte what the original codec gives, and reads and refuses what it reads and refuses. */
class BitPackingVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @TestFactory
    Stream<DynamicTest> encodesEveryVectorToTheSameBytes() {
        return cases("vectors", vector -> {
            byte[] input = input(vector);
            byte[] encoded = BitPacking.encodeBytes(input, 0, input.length, elementSize(vector), transform(vector));
            assertThat(encoded).hasSize(vector.get("encoded_nbytes").asInt());
            if (vector.has("encoded_hex")) {
                assertThat(HEX.formatHex(encoded))
                        .isEqualTo(vector.get("encoded_hex").asText());
            } else {
                assertThat(HEX.formatHex(encoded))
                        .startsWith(vector.get("encoded_prefix_hex").asText());
            }
            assertThat(CodecVectors.sha256(encoded))
                    .isEqualTo(vector.get("encoded_sha256").asText());
        });
    }

    @TestFactory
    Stream<DynamicTest> decodesEveryVectorToItsInput() {
        return cases("vectors", vector -> {
            byte[] input = input(vector);
            byte[] encoded = vector.has("encoded_hex")
                    ? HEX.parseHex(vector.get("encoded_hex").asText())
                    : BitPacking.encodeBytes(input, 0, input.length, elementSize(vector), transform(vector));
            assertThat(decode(encoded, elementSize(vector))).isEqualTo(input);
        });
    }

    @TestFactory
    Stream<DynamicTest> decodesOrRefusesAsTheOriginal() {
        return cases("decode_cases", each -> {
            byte[] encoded = HEX.parseHex(each.get("encoded_hex").asText());
            if (each.get("result").asText().equals("ok")) {
                assertThat(HEX.formatHex(decode(encoded, elementSize(each))))
                        .isEqualTo(each.get("decoded_hex").asText());
            } else {
                assertThatThrownBy(() -> decode(encoded, elementSize(each)))
                        .isInstanceOf(MalformedDataException.class)
                        .hasMessageContaining("byte offset");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesToEncodeAsTheOriginal() {
        return cases("encode_errors", each -> {
            byte[] input = HEX.parseHex(each.get("input_hex").asText());
            assertThatThrownBy(() -> BitPacking.encodeBytes(input, 0, input.length, elementSize(each), transform(each)))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageStartingWith("bit packing: ");
        });
    }

    private static byte[] decode(byte[] encoded, int elementSize) {
        int byteCount = BitPacking.elementCount(encoded, 0, encoded.length) * elementSize;
        byte[] out = new byte[byteCount];
        BitPacking.decodeBytes(encoded, 0, encoded.length, elementSize, out, 0, byteCount);
        return out;
    }

    private static byte[] input(JsonNode vector) {
        byte[] input = CodecVectors.input(vector);
        assertThat(CodecVectors.sha256(input))
                .as("generated input")
                .isEqualTo(vector.get("input_sha256").asText());
        return input;
    }

    private static int elementSize(JsonNode node) {
        return node.get("element_size").asInt();
    }

    private static Transform transform(JsonNode node) {
        return Transform.of(node.get("transform").asText());
    }

    private static Stream<DynamicTest> cases(String list, Consumer<JsonNode> test) {
        JsonNode cases = CodecVectors.document().get(list);
        assertThat(List.of(cases)).isNotEmpty();
        return StreamSupport.stream(cases.spliterator(), false)
                .map(each -> DynamicTest.dynamicTest(each.get("name").asText(), () -> test.accept(each)));
    }
}
