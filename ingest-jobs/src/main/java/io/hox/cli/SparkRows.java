package io.hox.cli;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;

/** Spark rows as plain lists, for printing. */
final class SparkRows {
    private SparkRows() {}

    static List<Object> values(Row row) {
        List<Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            values.add(plain(row.get(i)));
        }
        return values;
    }

    private static Object plain(Object value) {
        if (value instanceof scala.collection.Seq<?> sequence) {
            return JavaConverters.seqAsJavaList(sequence).stream()
                    .map(SparkRows::plain)
                    .toList();
        }
        if (value instanceof Row struct) {
            return values(struct);
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value instanceof Number || value instanceof Boolean || value == null ? value : value.toString();
    }
}
