package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes snapshots while others write. The versions of a snapshot are pinned by tags before anything is checked:
 *
 * <ol>
 *   <li>cells, then datasets: whatever the cells refer to is in the later one;
 *   <li>registries, numbered, then layouts, filled: both after the datasets, so that everything these use has a number;
 *   <li>the pinned versions are validated, not the newest ones. Only removals meanwhile can make them disagree: then all
 *       is pinned anew;
 *   <li>the record is written under the next number.
 * </ol>
 *
 * A crash leaves tags, which {@link SnapshotTags#protect} removes a day later.
 */
final class SnapshotWriter {
    private static final int ATTEMPTS = 10;

    private final LanceDatabase database;
    private final TableRoles roles;
    private final List<Snapshot> snapshots;
    private final SnapshotTags tags;

    SnapshotWriter(LanceDatabase database, TableRoles roles, List<Snapshot> snapshots) {
        this.database = database;
        this.roles = roles;
        this.snapshots = snapshots;
        this.tags = new SnapshotTags(database, roles);
    }

    /**
     * Adds a snapshot of the present state.
     *
     * @param validation finds what is wrong with pinned tables
     * @return its number
     * @throws HoxException with the findings, if there are any
     */
    long write(Function<PinnedTables, List<String>> validation) {
        tags.protect(snapshots);
        List<String> findings = List.of();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String pin = SnapshotTags.newPin();
            try {
                PinnedTables tables = pin(pin);
                findings = validation.apply(tables);
                if (findings.isEmpty() && !hasLostDatasets(tables)) {
                    return record(tables);
                }
                if (!findings.isEmpty() && tables.areLatest()) {
                    break;
                }
            } finally {
                tags.unpin(pin);
            }
        }
        throw new HoxException(
                findings.isEmpty()
                        ? "no snapshot was made, because datasets were removed while it was prepared, " + ATTEMPTS
                                + " times in a row; run it again when fewer jobs write"
                        : "no snapshot was made, because the tables in " + database.uri() + " have " + findings.size()
                                + " findings:\n  " + String.join("\n  ", findings));
    }

    private PinnedTables pin(String pin) {
        PinnedTables tables = new PinnedTables(database, roles);
        tables.pinDatasets(table -> SnapshotTags.pin(table, pin));
        FeatureNumbers numbers = new FeatureNumbers(roles, line -> {});
        for (String name : roles.registryTables()) {
            tables.pin(name, registry -> {
                numbers.number(registry);
                return SnapshotTags.pin(registry, pin);
            });
        }
        tables.pin(AtlasTables.LAYOUTS, layouts -> {
            numbers.fill(layouts, tables.datasets());
            return SnapshotTags.pin(layouts, pin);
        });
        return tables;
    }

    /**
     * Whether datasets that are pinned have been removed since. Who removes one looks at the tags afterwards, and leaves
     * the group alone that a tagged version names: so either that one sees the pin, or its removal is seen here.
     */
    private boolean hasLostDatasets(PinnedTables tables) {
        Set<String> present = new HashSet<>();
        try (LanceTable latest = database.open(roles.datasets())) {
            Datasets.read(latest, Generation.G2).all().forEach(row -> present.add(row.zarrGroup()));
        }
        return tables.datasets().stream().anyMatch(row -> !present.contains(row.zarrGroup()));
    }

    private long record(PinnedTables tables) {
        try (LanceTable versions = database.open(Atlas.VERSION_TABLE)) {
            long number = SnapshotRecord.write(versions, tables);
            tags.tag(number, tables);
            return number;
        }
    }

    /** Makes all of a snapshot's table versions the newest ones again. */
    void restore(Snapshot snapshot) {
        tags.protect(snapshots);
        Map<String, Long> tables = SnapshotTags.tables(snapshot);
        // All must be there before the first one is changed.
        tables.forEach((name, version) -> database.open(name, version).close());
        tables.forEach((name, version) -> {
            try (LanceTable table = database.open(name)) {
                table.history().restore(version);
            }
        });
    }
}
