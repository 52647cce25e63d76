package io.hox.cli;

import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Changes tables of an atlas in ways that no correct writer would, and makes its only snapshot see them. */
final class EditedTables {
    private final Path atlas;

    EditedTables(Path atlas) {
        this.atlas = atlas;
    }

    /** Changes rows of the first batch in place; texts must keep their length. Returns the new version. */
    long edit(String name, List<String> keys, Consumer<VectorSchemaRoot> change) {
        try (LanceDatabase database =
                LanceDatabase.open(atlas.resolve("lance_db").toString(), Map.of())) {
            try (LanceTable table = database.open(name);
                    LanceScan scan = table.scan(ScanRequest.ALL)) {
                if (!scan.next()) {
                    throw new AssertionError(name + " is empty");
                }
                change.accept(scan.batch());
                table.updateColumns(keys, scan.batch());
            }
            try (LanceTable changed = database.open(name)) {
                return changed.version();
            }
        }
    }

    /** Makes the snapshot see a version of a table. */
    void pin(String column, String table, long version) {
        edit("atlas_versions", List.of("version"), versions -> {
            FieldVector vector = versions.getVector(column);
            if (table == null) {
                ((BigIntVector) vector).set(0, version);
                return;
            }
            String old = vector.getObject(0).toString();
            String pinned = old.replaceFirst("\"" + table + "\": [0-9]+", "\"" + table + "\": " + version);
            if (pinned.length() != old.length()) {
                throw new AssertionError(old + " can't be changed in place to " + pinned);
            }
            ((VarCharVector) vector).set(0, pinned.getBytes(StandardCharsets.UTF_8));
        });
    }
}
