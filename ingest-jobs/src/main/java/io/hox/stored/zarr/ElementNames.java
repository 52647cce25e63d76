package io.hox.stored.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import io.hox.zarr.DataType;

/** The names of element types in documents. All methods give null for a type that is not known. */
final class ElementNames {
    /** Longer texts of fixed width are no names or labels. */
    private static final int WIDEST = 1 << 16;

    private ElementNames() {}

    /** Version 3: names, or objects with a name and a configuration. */
    static Elements v3(JsonNode dataType, boolean bigEndian) {
        String name = dataType.isTextual()
                ? dataType.textValue()
                : dataType.path("name").asText("");
        int width = dataType.path("configuration").path("length_bytes").asInt(0);
        switch (name) {
            case "float16":
                return Elements.halves();
            case "string":
                return Elements.text();
            case "fixed_length_utf32":
                return isWidth(width) && width % 4 == 0 ? Elements.fixedCharacters(width, bigEndian) : null;
            case "null_terminated_bytes":
                return isWidth(width) ? Elements.fixedBytes(width) : null;
            default:
                DataType type = DataType.of(name);
                return type == null ? null : Elements.numbers(type);
        }
    }

    /** Version 2: NumPy's, such as {@code <f4}, {@code |b1}, {@code <U12}. */
    static Elements v2(JsonNode dtype) {
        String name = dtype.asText("");
        if (name.length() < 2) {
            return null;
        }
        if (name.equals("|O")) {
            return Elements.text();
        }
        int size;
        try {
            size = Integer.parseInt(name.substring(2));
        } catch (NumberFormatException e) {
            return null;
        }
        return switch (name.charAt(1)) {
            case 'b' -> size == 1 ? Elements.numbers(DataType.BOOL) : null;
            case 'i' -> whole("int", size);
            case 'u' -> whole("uint", size);
            case 'f' -> size == 2 ? Elements.halves() : whole("float", size);
            case 'S' -> isWidth(size) ? Elements.fixedBytes(size) : null;
            case 'U' -> isWidth(size) ? Elements.fixedCharacters(4 * size, isBigEndian(dtype)) : null;
            default -> null;
        };
    }

    static boolean isBigEndian(JsonNode dtype) {
        return dtype.asText("").startsWith(">");
    }

    private static boolean isWidth(int bytes) {
        return bytes > 0 && bytes <= WIDEST;
    }

    private static Elements whole(String kind, int bytes) {
        DataType type = bytes > 8 ? null : DataType.of(kind + 8 * bytes);
        return type == null ? null : Elements.numbers(type);
    }
}
