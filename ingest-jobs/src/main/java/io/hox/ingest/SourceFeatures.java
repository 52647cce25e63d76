package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.Uids;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The features of a file as rows of a registry.
 *
 * @param uids uid of each feature in matrix order
 * @param rows values by registry column, in the same order
 */
record SourceFeatures(String[] uids, List<Map<String, Object>> rows) implements Serializable {
    private static final String STABLE_UID = "homeobox.stable_uid";
    private static final int SHOWN = 5;

    /**
     * Reads them from var. The uid is the key's value; where the registry derives uids from one of its columns, it is
     * derived from the key in the same way.
     *
     * @param key the var column that identifies a feature, or null for the column that the registry derives uids from if
     *     there is one, else the index
     */
    static SourceFeatures of(String file, DataFrame var, String key, Schema registry) {
        String stable = stableColumn(registry);
        String keyColumn = key != null || stable == null || var.column(stable) == null ? key : stable;
        String[] keys = keys(file, var, keyColumn);
        String[] uids = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            uids[i] = stable == null ? keys[i] : Uids.stable(keys[i]);
        }
        requireDistinct(file, keys, keyColumn);
        List<Map<String, Object>> rows = new ArrayList<>(keys.length);
        for (String uid : uids) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("uid", uid);
            rows.add(row);
        }
        for (Field field : registry.getFields()) {
            if (!field.getName().equals("uid") && !field.getName().equals("global_index")) {
                fill(file, var, field, field.getName().equals(stable) ? keys : null, rows);
            }
        }
        return new SourceFeatures(uids, rows);
    }

    private static void fill(String file, DataFrame var, Field field, String[] keys, List<Map<String, Object>> rows) {
        Column column = var.column(field.getName());
        if (column == null && keys == null) {
            if (!field.isNullable()) {
                throw new HoxException(file + " lacks the var column " + field.getName()
                        + ", which the registry requires; its var columns are "
                        + var.columns().stream().map(Column::name).toList());
            }
            return;
        }
        Object[] values = keys == null ? RegistryValues.of(file, column, field) : keys;
        for (int i = 0; i < values.length; i++) {
            rows.get(i).put(field.getName(), values[i]);
        }
    }

    private static String stableColumn(Schema registry) {
        for (Field field : registry.getFields()) {
            if ("true".equals(field.getMetadata().get(STABLE_UID))) {
                return field.getName();
            }
        }
        return null;
    }

    private static String[] keys(String file, DataFrame var, String column) {
        if (column == null) {
            return var.index();
        }
        if (var.column(column) == null) {
            throw new HoxException("--feature-key " + column + ": " + file + " has no such var column; it has "
                    + var.columns().stream().map(Column::name).toList());
        }
        return var.column(column).texts();
    }

    private static void requireDistinct(String file, String[] keys, String column) {
        String what = file + ": " + (column == null ? "the index of var" : "var column " + column);
        Map<String, Integer> first = new HashMap<>(keys.length * 2);
        List<String> repeated = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == null || keys[i].isEmpty()) {
                throw new HoxException(what + " has no value for feature " + i
                        + " (counted from 0); choose a column that names every feature with --feature-key");
            }
            Integer before = first.putIfAbsent(keys[i], i);
            if (before != null && repeated.size() < SHOWN) {
                repeated.add(keys[i] + " (" + before + " and " + i + ")");
            }
        }
        if (!repeated.isEmpty()) {
            throw new HoxException(what + " names several features alike: " + String.join(", ", repeated)
                    + "; choose a column with distinct values with --feature-key");
        }
    }
}
