package io.hox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * Golden answers that are Parquet files, row by row and without Spark. Integers are Long, floats Double, texts String,
 * binaries byte[], timestamps Long microseconds, dates Long days, lists List, structs Map; null is missing.
 */
public final class GoldenParquet {
    private static final Configuration CONFIGURATION = new Configuration(false);

    private GoldenParquet() {}

    /** All rows of a file, each by column in file order. */
    public static List<Map<String, Object>> read(Path file) {
        // The raw file system: the checksummed one would look for companion files.
        CONFIGURATION.set("fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
        // Otherwise everybody else in this JVM would get it as their local file system.
        CONFIGURATION.setBoolean("fs.file.impl.disable.cache", true);
        List<Map<String, Object>> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toUri()))
                .withConf(CONFIGURATION)
                .build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                rows.add(struct(group));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** The values of one column. */
    public static List<Object> column(Path file, String name) {
        List<Object> values = new ArrayList<>();
        for (Map<String, Object> row : read(file)) {
            if (!row.containsKey(name)) {
                throw new IllegalArgumentException(file + " has no column " + name + " but " + row.keySet());
            }
            values.add(row.get(name));
        }
        return values;
    }

    private static Map<String, Object> struct(Group group) {
        Map<String, Object> values = new LinkedHashMap<>();
        GroupType type = group.getType();
        for (int i = 0; i < type.getFieldCount(); i++) {
            boolean present = group.getFieldRepetitionCount(i) > 0;
            values.put(type.getFieldName(i), present ? value(group, i, 0) : null);
        }
        return values;
    }

    private static Object value(Group group, int field, int index) {
        Type type = group.getType().getType(field);
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (!type.isPrimitive()) {
            Group child = group.getGroup(field, index);
            return logical instanceof ListLogicalTypeAnnotation ? list(child) : struct(child);
        }
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(field, index);
            case INT32 -> (long) group.getInteger(field, index);
            case INT64 -> logical instanceof TimestampLogicalTypeAnnotation timestamp
                    ? micros(group.getLong(field, index), timestamp.getUnit())
                    : group.getLong(field, index);
            case FLOAT -> (double) group.getFloat(field, index);
            case DOUBLE -> group.getDouble(field, index);
            default -> logical instanceof StringLogicalTypeAnnotation
                    ? group.getString(field, index)
                    : group.getBinary(field, index).getBytes();
        };
    }

    private static List<Object> list(Group list) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            Group element = list.getGroup(0, i);
            values.add(element.getFieldRepetitionCount(0) > 0 ? value(element, 0, 0) : null);
        }
        return values;
    }

    private static long micros(long value, TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> value * 1000;
            case MICROS -> value;
            case NANOS -> Math.floorDiv(value, 1000);
        };
    }
}
