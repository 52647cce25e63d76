package io.hox.atlas;

import io.hox.HoxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The features of one numbering at one snapshot: uid, global index and the other columns of the registry table, in
 * table order. Immutable and thread-safe. Several feature spaces may share one registry.
 */
public final class Registry {
    /** What {@link #globalIndex} returns for a feature that has no number yet. */
    public static final int UNNUMBERED = -1;

    static final String UID = "uid";
    static final String GLOBAL_INDEX = "global_index";
    private static final int SUGGESTIONS = 3;
    private static final int LISTED = 5;
    /** A text or number with the objects around it. */
    private static final long VALUE_BYTES = 64;

    private final TableRef table;
    private final String database;
    private final String[] uids;
    private final int[] globalIndexes;
    private final List<FeatureColumn> columns;
    private final Map<String, Map<String, int[]>> rowsByValue = new ConcurrentHashMap<>();
    private volatile int[] rowByGlobalIndex;

    Registry(TableRef table, String database, String[] uids, int[] globalIndexes, List<FeatureColumn> columns) {
        this.table = table;
        this.database = database;
        this.uids = uids;
        this.globalIndexes = globalIndexes;
        this.columns = List.copyOf(columns);
    }

    /** The registry table and its version. */
    public TableRef table() {
        return table;
    }

    /** Number of features. */
    public int size() {
        return uids.length;
    }

    /** Memory held, about: the columns and an index over two of them. */
    long bytes() {
        return (columns.size() + 3L) * VALUE_BYTES * uids.length;
    }

    /** The identifier of a row's feature, unique in the registry; never null. */
    public String uid(int row) {
        return uids[row];
    }

    /** The feature's number in every vector and matrix; {@link #UNNUMBERED} until the atlas is optimized. */
    public int globalIndex(int row) {
        return globalIndexes[row];
    }

    /** The columns besides uid and global index, in table order. */
    public List<FeatureColumn> columns() {
        return columns;
    }

    /** The column of that name besides uid and global index; null when there is none. */
    public FeatureColumn column(String name) {
        for (FeatureColumn column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        return null;
    }

    /** The names of all columns that {@link #find} takes, uid first. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        keys.add(UID);
        for (FeatureColumn column : columns) {
            keys.add(column.name());
        }
        return keys;
    }

    /** The row with a global index; -1 when no feature has it. */
    public int rowOf(int globalIndex) {
        int[] rows = rowByGlobalIndex;
        if (rows == null) {
            rows = FeatureRows.byGlobalIndex(globalIndexes);
            rowByGlobalIndex = rows;
        }
        return globalIndex < 0 || globalIndex >= rows.length ? -1 : rows[globalIndex];
    }

    /** The row of a uid; -1 when there is none. */
    public int rowOf(String uid) {
        int[] rows = find(UID, uid);
        return rows.length == 0 ? -1 : rows[0];
    }

    /**
     * The rows whose value in a column is exactly this text, in table order; none for an unknown value. Numbers and
     * booleans compare by their text.
     *
     * @param key {@code uid} or any other column
     * @throws HoxException when there is no such column; the message lists them
     */
    public int[] find(String key, String value) {
        int[] rows = index(key).get(value);
        return rows == null ? new int[0] : rows.clone();
    }

    /**
     * The global indices of named features, ascending and each once. A value that several features share stands for all
     * of them.
     *
     * @param key the column that the names are values of
     * @throws HoxException when a name is unknown (the message names near ones and other columns that contain it) or a
     *     feature has no global index yet
     */
    public int[] globalIndices(List<String> names, String key) {
        Map<String, int[]> index = index(key);
        int[] found = new int[Math.max(16, names.size())];
        int n = 0;
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            int[] rows = index.get(name);
            if (rows == null) {
                unknown.add(name);
                continue;
            }
            for (int row : rows) {
                if (globalIndexes[row] == UNNUMBERED) {
                    throw unnumbered("feature '" + name + "'");
                }
                if (n == found.length) {
                    found = Arrays.copyOf(found, 2 * n);
                }
                found[n++] = globalIndexes[row];
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown(unknown, key);
        }
        Arrays.sort(found, 0, n);
        int distinct = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || found[i] != found[i - 1]) {
                found[distinct++] = found[i];
            }
        }
        return Arrays.copyOf(found, distinct);
    }

    /** Values of a column that look like this one, nearest first. */
    List<String> suggestions(String key, String value, int count) {
        return NearNames.find(value, index(key).keySet(), count);
    }

    /** The columns that hold exactly this value somewhere. */
    List<String> columnsContaining(String value) {
        List<String> containing = new ArrayList<>();
        for (String key : keys()) {
            if (index(key).containsKey(value)) {
                containing.add(key);
            }
        }
        return containing;
    }

    private HoxException unknown(List<String> names, String key) {
        StringBuilder message = new StringBuilder();
        message.append(names.size() == 1 ? "unknown feature" : names.size() + " unknown features");
        message.append(" in column ").append(key).append(" of registry ").append(table.name());
        message.append(" (").append(database).append("): ");
        for (int i = 0; i < Math.min(LISTED, names.size()); i++) {
            String name = names.get(i);
            message.append(i == 0 ? "'" : ", '").append(name).append('\'');
            List<String> elsewhere = columnsContaining(name);
            List<String> near = elsewhere.isEmpty() ? suggestions(key, name, SUGGESTIONS) : List.of();
            if (!elsewhere.isEmpty()) {
                message.append(" (is a value of ")
                        .append(String.join(" and ", elsewhere))
                        .append(": give that column as the feature key)");
            } else if (!near.isEmpty()) {
                message.append(" (did you mean ")
                        .append(String.join(", ", near))
                        .append("?)");
            }
        }
        if (names.size() > LISTED) {
            message.append(", ...");
        }
        return new HoxException(message.append(". Feature keys are: ")
                .append(String.join(", ", keys()))
                .toString());
    }

    private HoxException unnumbered(String what) {
        return new HoxException(what + " of registry " + table.name() + " (" + database
                + ") has no global_index yet. Run 'hox optimize' on the atlas, then 'hox snapshot'");
    }

    private Map<String, int[]> index(String key) {
        Map<String, int[]> index = rowsByValue.get(key);
        if (index != null) {
            return index;
        }
        FeatureColumn column = column(key);
        if (column == null && !key.equals(UID)) {
            List<String> near = NearNames.find(key, keys(), 1);
            throw new HoxException("registry " + table.name() + " (" + database + ") has no column '" + key + "'"
                    + (near.isEmpty() ? "" : ", did you mean " + near.get(0) + "?") + ". Its columns are: "
                    + String.join(", ", keys()));
        }
        return rowsByValue.computeIfAbsent(
                key, ignored -> FeatureRows.byValue(size(), row -> column == null ? uids[row] : column.text(row)));
    }
}
