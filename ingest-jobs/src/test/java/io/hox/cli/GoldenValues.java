package io.hox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Golden values and values of written files in one form, so that they can be compared. */
final class GoldenValues {
    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenValues() {}

    /** Golden values without arrays of bytes, which know no equality. */
    static Map<String, Object> plain(Map<String, Object> golden) {
        Map<String, Object> plain = new TreeMap<>();
        golden.forEach((column, value) -> plain.put(
                column, value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value));
        return plain;
    }

    /** The value of a file in the form of the golden one: times as microseconds, JSON text as lists. */
    static Object like(Object golden, Object value) {
        if (!(value instanceof String text) || golden instanceof String) {
            return value;
        }
        if (golden instanceof Long) {
            LocalDateTime time = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay()
                    : LocalDateTime.parse(text.replace(' ', 'T'));
            return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
        }
        return golden instanceof List<?> list ? numbersLike(list, list(text)) : value;
    }

    /** JSON prints floats with the digits that a float needs; the golden list holds them widened. */
    private static List<Object> numbersLike(List<?> golden, List<?> values) {
        List<Object> like = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            Object wanted = i < golden.size() ? golden.get(i) : null;
            boolean single = wanted instanceof Double d && (float) (double) d == d && value instanceof Double;
            like.add(single ? (Object) (double) (float) (double) (Double) value : value);
        }
        return like;
    }

    private static List<?> list(String json) {
        try {
            return JSON.readValue(json, List.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
