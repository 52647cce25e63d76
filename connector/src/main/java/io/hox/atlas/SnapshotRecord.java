package io.hox.atlas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The row of the version table that makes pinned tables a snapshot. */
final class SnapshotRecord {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private SnapshotRecord() {}

    /** The present time as the format writes it. */
    static String now() {
        return ISO.format(Instant.now().atOffset(ZoneOffset.UTC));
    }

    /**
     * Adds the record under the next number. Of two processes that choose the same number one is refused by Lance, and
     * chooses again.
     *
     * @return the number
     */
    static long write(LanceTable versions, PinnedTables tables) {
        Map<String, Object> row = row(tables);
        return Retries.run(versions, "record the snapshot", () -> {
            long number = highest(versions) + 1;
            row.put("version", number);
            try (VectorSchemaRoot batch = TableRows.of(versions.schema(), List.of(row), versions.name())) {
                versions.append(batch);
            }
            return number;
        });
    }

    private static long highest(LanceTable versions) {
        long highest = -1;
        try (LanceScan scan = versions.scan(ScanRequest.ALL.withColumns("version"))) {
            while (scan.next()) {
                FieldVector numbers = scan.batch().getVector("version");
                for (int i = 0; i < scan.batch().getRowCount(); i++) {
                    highest = Math.max(highest, ArrowValues.integer(numbers, i));
                }
            }
        }
        return highest;
    }

    private static Map<String, Object> row(PinnedTables tables) {
        TableRoles roles = tables.roles();
        Map<String, Object> obsVersions = new LinkedHashMap<>();
        long cells = 0;
        for (String name : roles.obsTables()) {
            obsVersions.put(name, tables.version(name));
            try (LanceTable obs = tables.open(name)) {
                cells += obs.countRows(null);
            }
        }
        Map<String, Object> names = new LinkedHashMap<>();
        Map<String, Object> registryVersions = new LinkedHashMap<>();
        roles.registries().forEach((space, table) -> {
            names.put(space, table);
            registryVersions.put(space, tables.version(table));
        });
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("obs_table_versions", json(obsVersions));
        row.put("dataset_table_name", roles.datasets());
        row.put("dataset_table_version", tables.version(roles.datasets()));
        row.put("registry_table_names", json(names));
        row.put("registry_table_versions", json(registryVersions));
        row.put("feature_layouts_table_version", tables.version(AtlasTables.LAYOUTS));
        row.put("total_rows", cells);
        row.put("created_at", now());
        return row;
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
