package io.hox.atlas;

import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.FieldVector;

/** The Zarr groups that somebody may read: those that a dataset table names, in any version that matters. */
final class NamedGroups {
    private static final String GROUP = "zarr_group";

    private final LatestTables tables;
    /** By table and version: its groups, which never change. */
    private final Map<TableRef, Set<String>> known = new HashMap<>();

    NamedGroups(LatestTables tables) {
        this.tables = tables;
    }

    /** Those of the newest dataset table. */
    Set<String> latest() {
        return tables.datasets(NamedGroups::read);
    }

    /**
     * Those of all snapshots, recorded or just being made, and of every other version that somebody has tagged. Versions
     * that are gone, as after a clean-up by other software, name nothing: no reader can open them.
     */
    Set<String> ofSnapshots() {
        Map<String, Set<Long>> versions = new LinkedHashMap<>();
        versions.put(tables.roles().datasets(), new TreeSet<>());
        for (Snapshot snapshot : tables.snapshots()) {
            versions.computeIfAbsent(snapshot.datasets().name(), name -> new TreeSet<>())
                    .add(snapshot.datasets().version());
        }
        versions.keySet().retainAll(tables.database().tableNames());
        Set<String> groups = new TreeSet<>();
        versions.forEach((name, needed) -> {
            try (LanceTable table = tables.database().open(name)) {
                needed.addAll(table.history().tags().values());
                needed.retainAll(table.history().versions());
            }
            for (long version : needed) {
                groups.addAll(known.computeIfAbsent(new TableRef(name, version), this::read));
            }
        });
        return groups;
    }

    private Set<String> read(TableRef version) {
        try (LanceTable table = tables.database().open(version.name(), version.version())) {
            return read(table);
        }
    }

    private static Set<String> read(LanceTable table) {
        Set<String> groups = new TreeSet<>();
        try (LanceScan scan = table.scan(ScanRequest.ALL.withColumns(GROUP))) {
            while (scan.next()) {
                FieldVector names = scan.batch().getVector(GROUP);
                for (int row = 0; row < scan.batch().getRowCount(); row++) {
                    if (!names.isNull(row)) {
                        groups.add(ArrowValues.text(names, row));
                    }
                }
            }
        }
        return groups;
    }
}
