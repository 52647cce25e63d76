package io.hox.atlas;

import io.hox.HoxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Values of the user's columns of the dataset table, checked before anything is written. */
public final class DatasetColumns {
    /** Filled by the job itself. */
    private static final Set<String> COMMON =
            Set.of("dataset_uid", "zarr_group", "feature_space", "layout_uid", "created_at", "n_rows");

    private DatasetColumns() {}

    /**
     * Values by column, typed.
     *
     * @param table schema of the dataset table
     * @param given text by column
     * @param how what stands before COLUMN=VALUE where the user gives it, for messages
     * @throws HoxException on an unknown column, a text that does not fit, or a required column without a value
     */
    public static Map<String, Object> of(Schema table, Map<String, String> given, String how) {
        Map<String, Object> values = new HashMap<>();
        List<String> known = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Field field : table.getFields()) {
            String name = field.getName();
            if (COMMON.contains(name)) {
                continue;
            }
            known.add(name);
            if (given.containsKey(name)) {
                values.put(name, value(field, given.get(name), how));
            } else if (!field.isNullable()) {
                missing.add(name);
            }
        }
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                throw new HoxException(how + name + "=" + given.get(name)
                        + ": the dataset table has no column of that name to fill; it has "
                        + (known.isEmpty() ? "none" : known));
            }
        }
        if (!missing.isEmpty()) {
            throw new HoxException("the atlas requires a value of " + String.join(", ", missing)
                    + " for every dataset; give it with " + how + missing.get(0) + "=VALUE");
        }
        return values;
    }

    private static Object value(Field field, String text, String how) {
        ArrowType type = field.getType();
        try {
            if (type instanceof ArrowType.Utf8) {
                return text;
            }
            if (type instanceof ArrowType.Int) {
                return Long.valueOf(text.strip());
            }
            if (type instanceof ArrowType.FloatingPoint) {
                return Double.valueOf(text.strip());
            }
            if (type instanceof ArrowType.Timestamp) {
                return Times.micros(text);
            }
            if (type instanceof ArrowType.Date) {
                return LocalDate.parse(text.strip()).toEpochDay();
            }
            if (type instanceof ArrowType.Bool && Set.of("true", "false").contains(text.strip())) {
                return Boolean.valueOf(text.strip());
            }
        } catch (NumberFormatException | DateTimeException e) {
            throw unfit(how, field, text, e);
        }
        throw unfit(how, field, text, null);
    }

    private static HoxException unfit(String how, Field field, String text, Exception cause) {
        return new HoxException(
                how + field.getName() + "=" + text + ": the column holds " + field.getType()
                        + ", which this text is not",
                cause);
    }
}
