package io.hox.atlas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hox.HoxException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Records snapshots, keeps the table versions they need from being cleaned up, and restores them. */
final class SnapshotWriter {
    /** Configuration of tables made by old releases of LanceDB: commits then delete versions by themselves. */
    private static final List<String> AUTO_CLEANUP = List.of(
            "lance.auto_cleanup.interval", "lance.auto_cleanup.older_than", "lance.auto_cleanup.retain_versions");

    private static final String TAG = "atlas-version-";
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final LanceDatabase database;
    private final TableRoles roles;
    private final List<Snapshot> snapshots;

    SnapshotWriter(LanceDatabase database, TableRoles roles, List<Snapshot> snapshots) {
        this.database = database;
        this.roles = roles;
        this.snapshots = snapshots;
    }

    /** The present time as the format writes it. */
    static String now() {
        return ISO.format(Instant.now().atOffset(ZoneOffset.UTC));
    }

    /** Tags every table version that a snapshot names and switches automatic clean-up off. */
    void protect() {
        Map<String, Map<String, Long>> wanted = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            tables(snapshot).forEach((table, version) -> wanted.computeIfAbsent(table, t -> new LinkedHashMap<>())
                    .put(TAG + snapshot.version(), version));
        }
        wanted.forEach((name, tags) -> {
            if (database.exists(name)) {
                try (LanceTable table = database.open(name)) {
                    protect(table, tags);
                }
            }
        });
    }

    private static void protect(LanceTable table, Map<String, Long> tags) {
        Map<String, Long> present = table.history().tags();
        List<Long> versions = table.history().versions();
        tags.forEach((tag, version) -> {
            // A version that is gone already can't be kept.
            if (!version.equals(present.get(tag)) && versions.contains(version)) {
                table.history().tag(tag, version);
            }
        });
        table.config().delete(AUTO_CLEANUP);
    }

    /** Every table of a snapshot with its version. A shared registry appears once. */
    private static Map<String, Long> tables(Snapshot snapshot) {
        Map<String, Long> tables = new LinkedHashMap<>(snapshot.obsTables());
        tables.put(snapshot.datasets().name(), snapshot.datasets().version());
        tables.put(snapshot.layouts().name(), snapshot.layouts().version());
        snapshot.registries().values().forEach(ref -> tables.put(ref.name(), ref.version()));
        return tables;
    }

    /** Adds a snapshot of the latest state of all tables: tags first, the record last. */
    long write() {
        protect();
        long number =
                snapshots.isEmpty() ? 0 : snapshots.get(snapshots.size() - 1).version() + 1;
        String tag = TAG + number;
        Map<String, Object> obsVersions = new LinkedHashMap<>();
        long rows = 0;
        for (String name : roles.obsTables()) {
            try (LanceTable table = database.open(name)) {
                obsVersions.put(name, pin(table, tag));
                rows += table.countRows(null);
            }
        }
        Map<String, Long> registryVersions = new LinkedHashMap<>();
        for (String name : roles.registryTables()) {
            registryVersions.put(name, pin(name, tag));
        }
        Map<String, Object> names = new LinkedHashMap<>();
        Map<String, Object> versions = new LinkedHashMap<>();
        roles.registries().forEach((space, table) -> {
            names.put(space, table);
            versions.put(space, registryVersions.get(table));
        });
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("version", number);
        row.put("obs_table_versions", json(obsVersions));
        row.put("dataset_table_name", roles.datasets());
        row.put("dataset_table_version", pin(roles.datasets(), tag));
        row.put("registry_table_names", json(names));
        row.put("registry_table_versions", json(versions));
        row.put("feature_layouts_table_version", pin(AtlasTables.LAYOUTS, tag));
        row.put("total_rows", rows);
        row.put("created_at", now());
        try (LanceTable table = database.open(Atlas.VERSION_TABLE);
                VectorSchemaRoot batch = TableRows.of(table.schema(), List.of(row), table.name())) {
            table.append(batch);
        }
        return number;
    }

    private long pin(String name, String tag) {
        try (LanceTable table = database.open(name)) {
            return pin(table, tag);
        }
    }

    private static long pin(LanceTable table, String tag) {
        table.config().delete(AUTO_CLEANUP);
        table.history().tag(tag, table.version());
        return table.version();
    }

    /** Makes all of a snapshot's table versions the latest ones again. */
    void restore(Snapshot snapshot) {
        protect();
        Map<String, Long> tables = tables(snapshot);
        // All must be there before the first one is changed.
        tables.forEach((name, version) -> database.open(name, version).close());
        tables.forEach((name, version) -> {
            try (LanceTable table = database.open(name)) {
                table.history().restore(version);
            }
        });
    }

    /** An object in Python's default style, which other writers of the format use. */
    private static String json(Map<String, Object> members) {
        StringBuilder text = new StringBuilder("{");
        try {
            for (Map.Entry<String, Object> member : members.entrySet()) {
                text.append(text.length() > 1 ? ", " : "")
                        .append(JSON.writeValueAsString(member.getKey()))
                        .append(": ")
                        .append(JSON.writeValueAsString(member.getValue()));
            }
        } catch (JsonProcessingException e) {
            throw new HoxException("a table name can't be written as JSON: " + members, e);
        }
        return text.append('}').toString();
    }
}
