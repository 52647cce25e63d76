package io.hox.stored.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import io.hox.stored.StoredNode;

/** What groups and arrays have in common: a path and attributes. */
abstract class ZarrNode implements StoredNode {
    final ZarrFile file;
    final String path;
    private final JsonNode attributes;

    ZarrNode(ZarrFile file, String path, JsonNode attributes) {
        this.file = file;
        this.path = path;
        this.attributes = attributes;
    }

    @Override
    public final String path() {
        return "/" + path;
    }

    @Override
    public final String file() {
        return file.name();
    }

    @Override
    public final String text(String attribute) {
        return attributes.path(attribute).textValue();
    }

    @Override
    public final String[] texts(String attribute) {
        JsonNode value = attributes.path(attribute);
        if (value.isTextual()) {
            return new String[] {value.textValue()};
        }
        if (!value.isArray()) {
            return null;
        }
        String[] texts = new String[value.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = value.get(i).asText();
        }
        return texts;
    }

    @Override
    public final long[] numbers(String attribute) {
        JsonNode value = attributes.path(attribute);
        if (!value.isArray()) {
            return null;
        }
        long[] numbers = new long[value.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!value.get(i).canConvertToLong()) {
                return null;
            }
            numbers[i] = value.get(i).longValue();
        }
        return numbers;
    }

    @Override
    public final long number(String attribute) {
        return attributes.path(attribute).asLong(0);
    }

    @Override
    public final boolean flag(String attribute) {
        JsonNode value = attributes.path(attribute);
        return value.booleanValue() || value.isNumber() && value.intValue() != 0;
    }
}
