package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.ConflictException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import io.hox.lance.TableMaintenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Numbers new features, fills the numbers into layouts, rebuilds indexes and compacts tables. Every step may be repeated,
 * and every step is one commit that others may run beside: where they are faster it is tried again, and left out in the
 * end, because it only makes reading faster.
 */
final class AtlasOptimizer {
    /** As LanceDB's own optimize does. */
    private static final Duration KEEP_VERSIONS = Duration.ofDays(7);

    private final LanceDatabase database;
    private final TableRoles roles;
    private final List<Snapshot> snapshots;
    private final List<String> report = new ArrayList<>();

    AtlasOptimizer(LanceDatabase database, TableRoles roles, List<Snapshot> snapshots) {
        this.database = database;
        this.roles = roles;
        this.snapshots = snapshots;
    }

    List<String> run() {
        // Nothing below may take away a version that a snapshot needs.
        new SnapshotTags(database, roles).protect(snapshots);
        List<DatasetRow> datasets;
        try (LanceTable table = database.open(roles.datasets())) {
            datasets = Datasets.read(table, Generation.G2).all();
        }
        FeatureNumbers numbers = new FeatureNumbers(roles, report::add);
        for (String name : roles.registryTables()) {
            try (LanceTable registry = database.open(name)) {
                numbers.number(registry);
                attempt(registry, "indexed", maintenance -> maintenance.createBTree(Registry.UID));
                tidy(registry);
            }
        }
        try (LanceTable layouts = database.open(AtlasTables.LAYOUTS)) {
            numbers.fill(layouts, datasets);
            attempt(layouts, "indexed", maintenance -> maintenance.createFullText("feature_uid"));
            attempt(layouts, "indexed", maintenance -> maintenance.createBTree("layout_uid"));
            tidy(layouts);
        }
        List<String> others = new ArrayList<>(roles.obsTables());
        others.add(roles.datasets());
        for (String name : others) {
            try (LanceTable table = database.open(name)) {
                tidy(table);
            }
        }
        return List.copyOf(report);
    }

    private void tidy(LanceTable table) {
        int before = table.fragments().size();
        attempt(table, "compacted", maintenance -> {
            if (!maintenance.compact()) {
                report.add(
                        table.name() + ": not compacted, because parts of it have no value in a column of type enum");
            }
        });
        table.history().removeOlderThan(KEEP_VERSIONS);
        int after = table.fragments().size();
        if (after < before) {
            report.add(table.name() + ": " + before + " fragments became " + after);
        }
    }

    private void attempt(LanceTable table, String done, Consumer<TableMaintenance> step) {
        try {
            Retries.run(table, "get the table " + done, () -> {
                step.accept(table.maintenance());
                return null;
            });
        } catch (HoxException e) {
            if (!(e.getCause() instanceof ConflictException)) {
                throw e;
            }
            report.add(table.name() + ": not " + done + ", because other writers changed it again and again");
        }
    }
}
