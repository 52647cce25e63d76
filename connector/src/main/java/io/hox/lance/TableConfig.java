package io.hox.lance;

import io.hox.HoxException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.lance.operation.UpdateConfig;
import org.lance.operation.UpdateMap;

/**
 * The keys and values that a table carries besides its rows. Part of a {@link LanceTable}, whose handle moves to the
 * versions made here. Every method throws {@link HoxException} when the storage fails or another writer was in between.
 */
public final class TableConfig {
    private final OpenTable table;

    TableConfig(OpenTable table) {
        this.table = table;
    }

    /** All entries of this version. */
    public Map<String, String> entries() {
        return table.call(null, () -> table.dataset().getConfig());
    }

    /** Adds a key, or replaces its value; one commit. */
    public void set(String key, String value) {
        table.repeat(() -> {
            table.refresh();
            update(Map.of(key, value));
            return null;
        });
    }

    /** Removes keys; one commit, and none when the table has none of them. */
    public void delete(Collection<String> keys) {
        table.repeat(() -> {
            table.refresh();
            Map<String, String> deletions = new HashMap<>();
            for (String key : entries().keySet()) {
                if (keys.contains(key)) {
                    deletions.put(key, null);
                }
            }
            if (!deletions.isEmpty()) {
                update(deletions);
            }
            return null;
        });
    }

    /** @param updates new values; null deletes the key */
    private void update(Map<String, String> updates) {
        UpdateMap changes = UpdateMap.builder().updates(updates).replace(false).build();
        table.commit(UpdateConfig.builder().configUpdates(changes).build());
    }
}
