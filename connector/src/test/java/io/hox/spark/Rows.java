package io.hox.spark;

import java.sql.Date;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;

/** Collected rows in the plain types of golden answers: Long, Double, Boolean, String, byte[], List, Map. */
final class Rows {
    private static final long MICROS = 1_000_000L;

    private Rows() {}

    static List<Map<String, Object>> plain(List<Row> rows) {
        List<Map<String, Object>> plain = new ArrayList<>();
        for (Row row : rows) {
            plain.add(plain(row));
        }
        return plain;
    }

    static Map<String, Object> plain(Row row) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            plain.put(row.schema().fieldNames()[i], plain(row.get(i)));
        }
        return plain;
    }

    private static Object plain(Object value) {
        if (value instanceof Float || value instanceof Double) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof LocalDateTime time) {
            return time.toEpochSecond(ZoneOffset.UTC) * MICROS + time.getNano() / 1000;
        }
        if (value instanceof Date date) {
            return date.toLocalDate().toEpochDay();
        }
        if (value instanceof scala.collection.Seq<?> sequence) {
            List<Object> values = new ArrayList<>();
            for (Object element : JavaConverters.seqAsJavaList(sequence)) {
                values.add(plain(element));
            }
            return values;
        }
        return value instanceof Row row ? plain(row) : value;
    }
}
