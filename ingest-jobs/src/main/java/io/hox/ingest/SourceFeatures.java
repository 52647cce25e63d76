package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.Uids;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The features of a source as rows of a registry.
 *
 * @param axis the features in the order of the matrix's columns, those that share a uid as one
 * @param rows values by registry column, in the same order; of features that share a uid those of the first one
 * @param columns how many columns the matrix has
 */
record SourceFeatures(FeatureAxis axis, List<Map<String, Object>> rows, int columns) {
    private static final String STABLE_UID = "homeobox.stable_uid";
    private static final Pattern VERSIONED = Pattern.compile("(ENS[A-Z]{1,12}\\d{6,15})\\.\\d+");
    private static final int SHOWN = 5;

    /**
     * Reads them from var. The uid is the key's value, or its stable uid where that is wanted or the registry derives
     * uids from one of its columns.
     *
     * @param key the var column that identifies a feature, or null for the column that the registry derives uids from if
     *     there is one, else the index
     */
    static SourceFeatures of(String name, DataFrame var, String key, Schema registry, IngestOptions options) {
        String stable = stableColumn(registry);
        String keyColumn = key != null || stable == null || var.column(stable) == null ? key : stable;
        String[] keys = keys(name, var, keyColumn);
        if (options.stripVersions()) {
            keys = withoutVersions(keys);
        }
        FeatureAxis axis = axis(name, keys, keyColumn, stable != null || options.stableUids(), options);
        int[] first = firstColumns(axis, keys.length);
        List<Map<String, Object>> rows = new ArrayList<>(axis.length());
        for (String uid : axis.uids()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("uid", uid);
            rows.add(row);
        }
        for (Field field : registry.getFields()) {
            if (!field.getName().equals("uid") && !field.getName().equals("global_index")) {
                fill(name, var, field, field.getName().equals(stable) ? keys : null, first, rows);
            }
        }
        return new SourceFeatures(axis, rows, keys.length);
    }

    private static void fill(
            String name, DataFrame var, Field field, String[] keys, int[] first, List<Map<String, Object>> rows) {
        Column column = var.column(field.getName());
        if (column == null && keys == null) {
            if (!field.isNullable()) {
                throw new HoxException(name + " lacks the var column " + field.getName()
                        + ", which the registry requires; its var columns are "
                        + var.columns().stream().map(Column::name).toList());
            }
            return;
        }
        Object[] values = keys == null ? RegistryValues.of(name, column, field) : keys;
        for (int i = 0; i < first.length; i++) {
            rows.get(i).put(field.getName(), values[first[i]]);
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

    private static String[] keys(String name, DataFrame var, String column) {
        if (column == null) {
            return var.index();
        }
        if (var.column(column) == null) {
            throw new HoxException("--feature-key " + column + ": " + name + " has no such var column; it has "
                    + var.columns().stream().map(Column::name).toList());
        }
        return var.column(column).texts();
    }

    /** Only ids of Ensembl's have a version behind their last dot. */
    static String[] withoutVersions(String[] keys) {
        String[] plain = new String[keys.length];
        for (int i = 0; i < keys.length; i++) {
            Matcher id = keys[i] == null ? null : VERSIONED.matcher(keys[i]);
            plain[i] = id != null && id.matches() ? id.group(1) : keys[i];
        }
        return plain;
    }

    private static FeatureAxis axis(String name, String[] keys, String column, boolean stable, IngestOptions options) {
        String what = name + ": " + (column == null ? "the index of var" : "var column " + column);
        Map<String, Integer> known = new HashMap<>(keys.length * 2);
        List<String> uids = new ArrayList<>(keys.length);
        List<String> repeated = new ArrayList<>();
        int[] columnOf = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] == null || keys[i].isEmpty()) {
                throw new HoxException(what + " has no value for feature " + i
                        + " (counted from 0); choose a column that names every feature with --feature-key");
            }
            Integer before = known.putIfAbsent(keys[i], uids.size());
            columnOf[i] = before == null ? uids.size() : before;
            if (before == null) {
                uids.add(stable ? Uids.stable(keys[i]) : keys[i]);
            } else if (repeated.size() < SHOWN) {
                repeated.add(keys[i] + " (" + Arrays.asList(keys).indexOf(keys[i]) + " and " + i + ")");
            }
        }
        if (!repeated.isEmpty() && options.duplicates() == IngestOptions.Duplicates.REFUSE) {
            throw new HoxException(what + " names several features alike: " + String.join(", ", repeated)
                    + "; choose a column with distinct values with --feature-key, or let their columns be summed with"
                    + " --duplicates sum");
        }
        return new FeatureAxis(uids.toArray(String[]::new), repeated.isEmpty() ? null : columnOf);
    }

    /** The first column of the source that each written column has. */
    private static int[] firstColumns(FeatureAxis axis, int columns) {
        int[] first = new int[axis.length()];
        for (int i = columns - 1; i >= 0; i--) {
            first[axis.columnOf() == null ? i : axis.columnOf()[i]] = i;
        }
        return first;
    }
}
