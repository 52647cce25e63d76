package io.hox.lance;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * A table at one version, as the driver hands it to executors.
 *
 * @param database URI of the directory that holds the table
 * @param table name without the {@code .lance} suffix
 * @param version Lance version
 * @param options as for {@link LanceDatabase#open}
 */
public record LanceTableRef(String database, String table, long version, Map<String, String> options)
        implements Serializable {

    public LanceTableRef {
        options = new HashMap<>(options);
    }

    /** Opens the table at exactly this version; the caller closes it. */
    public LanceTable open() {
        try (LanceDatabase db = LanceDatabase.open(database, options)) {
            return db.open(table, version);
        }
    }
}
