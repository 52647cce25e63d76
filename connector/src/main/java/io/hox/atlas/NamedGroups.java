package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.FieldVector;

/** The Zarr groups that somebody may read: those that a dataset table names, in any version that matters. */
final class NamedGroups {
    private static final String GROUP = "zarr_group";

    private final LanceDatabase database;
    private final TableRoles roles;
    private final List<Snapshot> snapshots;

    NamedGroups(LanceDatabase database, TableRoles roles, List<Snapshot> snapshots) {
        this.database = database;
        this.roles = roles;
        this.snapshots = snapshots;
    }

    /** Those of the newest dataset table. */
    Set<String> latest() {
        Set<String> groups = new TreeSet<>();
        try (LanceTable table = database.open(roles.datasets())) {
            read(table, groups);
        }
        return groups;
    }

    /**
     * Those of all snapshots, recorded or just being made, and of every other version that somebody has tagged.
     *
     * @throws HoxException when a version that a snapshot needs can't be read
     */
    Set<String> ofSnapshots() {
        Map<String, Set<Long>> versions = new LinkedHashMap<>();
        versions.put(roles.datasets(), new TreeSet<>());
        for (Snapshot snapshot : snapshots) {
            versions.computeIfAbsent(snapshot.datasets().name(), name -> new TreeSet<>())
                    .add(snapshot.datasets().version());
        }
        Set<String> groups = new TreeSet<>();
        versions.forEach((name, needed) -> {
            try (LanceTable table = database.open(name)) {
                needed.addAll(table.history().tags().values());
            }
            for (long version : needed) {
                try (LanceTable table = database.open(name, version)) {
                    read(table, groups);
                }
            }
        });
        return groups;
    }

    private static void read(LanceTable table, Set<String> groups) {
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
    }
}
