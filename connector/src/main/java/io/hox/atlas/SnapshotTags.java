package io.hox.atlas;

import io.hox.lance.ConflictException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tags keep the table versions that snapshots need from being cleaned up: {@code atlas-version-N} those of a recorded
 * snapshot, {@code atlas-pin-...} those of one that is being made.
 */
final class SnapshotTags {
    /** Configuration of tables made by old releases of LanceDB: commits then delete versions by themselves. */
    private static final List<String> AUTO_CLEANUP = List.of(
            "lance.auto_cleanup.interval", "lance.auto_cleanup.older_than", "lance.auto_cleanup.retain_versions");

    private static final String RECORDED = "atlas-version-";
    private static final String PIN = "atlas-pin-";
    /** No snapshot takes as long: such a pin is what a crash left. */
    private static final Duration LONGEST_PIN = Duration.ofDays(1);

    private final LanceDatabase database;
    private final TableRoles roles;

    SnapshotTags(LanceDatabase database, TableRoles roles) {
        this.database = database;
        this.roles = roles;
    }

    /** A tag that nobody else uses. */
    static String newPin() {
        return PIN + System.currentTimeMillis() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Every table of a snapshot with its version. A shared registry appears once. */
    static Map<String, Long> tables(Snapshot snapshot) {
        Map<String, Long> tables = new LinkedHashMap<>(snapshot.obsTables());
        tables.put(snapshot.datasets().name(), snapshot.datasets().version());
        tables.put(snapshot.layouts().name(), snapshot.layouts().version());
        snapshot.registries().values().forEach(ref -> tables.put(ref.name(), ref.version()));
        return tables;
    }

    /**
     * Tags every table version that a snapshot names, switches automatic clean-up off, and removes the pins that a crash
     * left.
     */
    void protect(List<Snapshot> snapshots) {
        Map<String, Map<String, Long>> wanted = new LinkedHashMap<>();
        allTables().forEach(name -> wanted.put(name, new LinkedHashMap<>()));
        for (Snapshot snapshot : snapshots) {
            tables(snapshot).forEach((table, version) -> wanted.computeIfAbsent(table, t -> new LinkedHashMap<>())
                    .put(RECORDED + snapshot.version(), version));
        }
        List<String> existing = database.tableNames();
        wanted.forEach((name, tags) -> {
            if (existing.contains(name)) {
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
        for (String tag : present.keySet()) {
            if (isLeftOver(tag)) {
                table.history().untag(tag);
            }
        }
        switchCleanupOff(table);
    }

    private static boolean isLeftOver(String tag) {
        if (!tag.matches(PIN + "\\d{1,18}-.*")) {
            return false;
        }
        long made = Long.parseLong(tag.substring(PIN.length(), tag.indexOf('-', PIN.length())));
        return made < System.currentTimeMillis() - LONGEST_PIN.toMillis();
    }

    private static void switchCleanupOff(LanceTable table) {
        try {
            table.config().delete(AUTO_CLEANUP);
        } catch (ConflictException e) {
            // Another writer of hox does the same.
            table.refresh();
        }
    }

    /** Tags the version that the table's handle reads. */
    static long pin(LanceTable table, String pin) {
        table.history().tag(pin, table.version());
        return table.version();
    }

    /** Tags the tables of a snapshot that has been recorded. */
    void tag(long snapshot, PinnedTables tables) {
        for (String name : allTables()) {
            try (LanceTable table = database.open(name)) {
                table.history().tag(RECORDED + snapshot, tables.version(name));
            }
        }
    }

    /** Removes a pin from all tables that have it. */
    void unpin(String pin) {
        for (String name : allTables()) {
            try (LanceTable table = database.open(name)) {
                if (table.history().tags().containsKey(pin)) {
                    table.history().untag(pin);
                }
            }
        }
    }

    private Set<String> allTables() {
        Set<String> names = new LinkedHashSet<>(roles.obsTables());
        names.add(roles.datasets());
        names.add(AtlasTables.LAYOUTS);
        names.addAll(roles.registryTables());
        return names;
    }
}
