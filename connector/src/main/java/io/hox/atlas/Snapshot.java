package io.hox.atlas;

import io.hox.HoxException;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One recorded state of an atlas: every table at a fixed Lance version. It is small and serialisable; whoever holds it
 * sees the same rows, whatever is written later.
 *
 * @param version the snapshot's number: 0, 1, 2, ...
 * @param generation the format generation of the whole atlas
 * @param uri where the tables and the arrays are
 * @param obsTables Lance version by obs table, in recorded order; exactly one in the first generation
 * @param datasets the dataset table
 * @param layouts the table of feature layouts
 * @param registries registry table by feature space; several spaces may share one table
 * @param totalRows cells in all obs tables
 * @param createdAt time of creation, ISO 8601 in UTC
 */
public record Snapshot(
        long version,
        Generation generation,
        AtlasUri uri,
        Map<String, Long> obsTables,
        TableRef datasets,
        TableRef layouts,
        Map<String, TableRef> registries,
        long totalRows,
        String createdAt)
        implements Serializable {

    public Snapshot {
        obsTables = Collections.unmodifiableMap(new LinkedHashMap<>(obsTables));
        registries = Collections.unmodifiableMap(new LinkedHashMap<>(registries));
    }

    /**
     * The obs table that a user means.
     *
     * @param name a table's name, or null for the only one
     * @return the table at the recorded version
     * @throws HoxException when there is no such table, or when there are several and none is named
     */
    public TableRef obsTable(String name) {
        if (name != null) {
            Long tableVersion = obsTables.get(name);
            if (tableVersion == null) {
                throw new HoxException("version " + version + " of the atlas " + uri.database() + " has no obs table '"
                        + name + "'. Its obs tables are: " + String.join(", ", obsTables.keySet()));
            }
            return new TableRef(name, tableVersion);
        }
        if (obsTables.size() != 1) {
            throw new HoxException("version " + version + " of the atlas " + uri.database() + " has "
                    + obsTables.size() + " obs tables (" + String.join(", ", obsTables.keySet())
                    + "): say which one to read (option obsTable)");
        }
        Map.Entry<String, Long> only = obsTables.entrySet().iterator().next();
        return new TableRef(only.getKey(), only.getValue());
    }
}
