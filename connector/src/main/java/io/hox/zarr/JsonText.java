package io.hox.zarr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.HoxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;

/** JSON documents, read leniently and written as the reference writes them: indented by two, keys in order. */
final class JsonText {
    /** Python writes NaN and Infinity bare. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonText() {}

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    /** @param where names the document in the message of a failure */
    static ObjectNode parseObject(byte[] json, String where) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (IOException e) {
            throw new HoxException(where + " is not valid JSON: " + reason(e), e);
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new HoxException(where + " is not a JSON object");
    }

    private static String reason(IOException e) {
        return e instanceof JsonProcessingException parsing ? parsing.getOriginalMessage() : e.getMessage();
    }

    static byte[] print(JsonNode node) {
        StringBuilder text = new StringBuilder(1024);
        print(node, text, 0);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void print(JsonNode node, StringBuilder text, int depth) {
        if (node.isObject() && !node.isEmpty()) {
            char before = '{';
            Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
            while (fields.hasNext()) {
                Map.Entry<String, JsonNode> field = fields.next();
                newLine(text.append(before), depth + 1);
                text.append(quoted(field.getKey())).append(": ");
                print(field.getValue(), text, depth + 1);
                before = ',';
            }
            newLine(text, depth);
            text.append('}');
        } else if (node.isArray() && !node.isEmpty()) {
            char before = '[';
            for (JsonNode element : node) {
                newLine(text.append(before), depth + 1);
                print(element, text, depth + 1);
                before = ',';
            }
            newLine(text, depth);
            text.append(']');
        } else if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            text.append(node.doubleValue());
        } else {
            text.append(node.isTextual() ? quoted(node.textValue()) : node.toString());
        }
    }

    private static void newLine(StringBuilder text, int depth) {
        text.append('\n');
        for (int i = 0; i < depth; i++) {
            text.append("  ");
        }
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || c > '~') {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.append('"').toString();
    }
}
