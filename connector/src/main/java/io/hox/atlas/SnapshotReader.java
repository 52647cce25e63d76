package io.hox.atlas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads the table of versions, in either generation. */
final class SnapshotReader {
    /** The one table whose name is fixed. */
    static final String LAYOUTS = "_feature_layouts";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "version";
    private static final String OBS_TABLES = "obs_table_versions";
    private static final String CELL_TABLE = "cell_table_name";
    private static final String STORE = "zarr_store_uri";

    private final AtlasUri uri;
    private final LanceTable table;
    private final Function<String, String> storeOf;

    /** @param storeOf the Zarr store to use, given the recorded one (null where the format records none) */
    SnapshotReader(AtlasUri uri, LanceTable table, Function<String, String> storeOf) {
        this.uri = uri;
        this.table = table;
        this.storeOf = storeOf;
    }

    /** @throws HoxException when the columns are those of neither generation */
    static Generation generation(Schema schema, String where) {
        boolean hasVersion =
                schema.getFields().stream().anyMatch(f -> f.getName().equals(VERSION));
        if (hasVersion && schema.getFields().stream().anyMatch(f -> f.getName().equals(OBS_TABLES))) {
            return Generation.G2;
        }
        if (hasVersion && schema.getFields().stream().anyMatch(f -> f.getName().equals(CELL_TABLE))) {
            return Generation.G1;
        }
        throw new HoxException(where + " is not a table of atlas versions: it has neither the column " + OBS_TABLES
                + " nor " + CELL_TABLE + ". Give the name of the atlas's version table, or check the path");
    }

    /** All snapshots by ascending version. Of several records with one version the first one counts. */
    List<Snapshot> read() {
        Generation generation = generation(table.schema(), table.uri());
        LinkedHashMap<Long, Snapshot> byVersion = new LinkedHashMap<>();
        try (LanceScan scan = table.scan(ScanRequest.ALL)) {
            while (scan.next()) {
                VectorSchemaRoot batch = scan.batch();
                for (int row = 0; row < batch.getRowCount(); row++) {
                    Row record = new Row(table.uri(), batch, row);
                    byVersion.putIfAbsent(record.integer(VERSION), snapshot(record, generation));
                }
            }
        }
        List<Snapshot> snapshots = new ArrayList<>(byVersion.values());
        snapshots.sort(Comparator.comparingLong(Snapshot::version));
        return snapshots;
    }

    private Snapshot snapshot(Row record, Generation generation) {
        boolean first = generation == Generation.G1;
        Map<String, Long> obsTables = first
                ? Map.of(record.text(CELL_TABLE), record.tableVersion("cell_table_version"))
                : record.versions(OBS_TABLES);
        String recordedStore = first && record.has(STORE) ? record.text(STORE) : null;
        return new Snapshot(
                record.integer(VERSION),
                generation,
                uri.withStore(storeOf.apply(recordedStore)),
                obsTables,
                new TableRef(record.text("dataset_table_name"), record.tableVersion("dataset_table_version")),
                new TableRef(LAYOUTS, record.tableVersion("feature_layouts_table_version")),
                record.registries(),
                record.integer(first ? "total_cells" : "total_rows"),
                record.text("created_at"));
    }

    /** One row, whose every oddity is an error that names the row and the column. */
    private record Row(String where, VectorSchemaRoot batch, int row) {

        boolean has(String column) {
            return batch.getVector(column) != null;
        }

        String text(String column) {
            return ArrowValues.text(vector(column), row);
        }

        long integer(String column) {
            return ArrowValues.integer(vector(column), row);
        }

        long tableVersion(String column) {
            return checked(integer(column), column);
        }

        private FieldVector vector(String column) {
            FieldVector vector = batch.getVector(column);
            if (vector == null || vector.isNull(row)) {
                throw problem(column, vector == null ? "is missing" : "is null");
            }
            return vector;
        }

        Map<String, Long> versions(String column) {
            Map<String, Long> versions = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : members(column)) {
                if (!member.getValue().canConvertToLong() || !member.getValue().isIntegralNumber()) {
                    throw problem(column, "gives table '" + member.getKey() + "' the version " + member.getValue());
                }
                versions.put(member.getKey(), checked(member.getValue().longValue(), column));
            }
            return versions;
        }

        Map<String, TableRef> registries() {
            Map<String, Long> versions = versions("registry_table_versions");
            Map<String, TableRef> registries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : members("registry_table_names")) {
                Long version = versions.get(member.getKey());
                if (version == null || !member.getValue().isTextual()) {
                    throw problem(
                            "registry_table_names",
                            "and registry_table_versions disagree on the feature space '" + member.getKey() + "'");
                }
                registries.put(member.getKey(), new TableRef(member.getValue().textValue(), version));
            }
            return registries;
        }

        private List<Map.Entry<String, JsonNode>> members(String column) {
            try {
                JsonNode node = JSON.readTree(text(column));
                if (node == null || !node.isObject()) {
                    throw problem(column, "is not a JSON object");
                }
                List<Map.Entry<String, JsonNode>> members = new ArrayList<>();
                for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
                    members.add(it.next());
                }
                return members;
            } catch (JsonProcessingException e) {
                throw problem(column, "is not JSON");
            }
        }

        private long checked(long version, String column) {
            if (version < 1) {
                throw problem(column, "names the table version " + version + "; versions start at 1");
            }
            return version;
        }

        private HoxException problem(String column, String what) {
            return new HoxException("row " + row + " of the version table " + where + ": column " + column + " " + what
                    + ". Delete the row, or restore the table from a backup");
        }
    }
}
