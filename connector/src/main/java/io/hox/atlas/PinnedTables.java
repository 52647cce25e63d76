package io.hox.atlas;

import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The tables of an atlas at versions that are looked at together, whatever others commit meanwhile. They fit together
 * when datasets are only added: tables are pinned against the order of writing, so that what a row refers to is in a
 * table that was pinned later. While datasets are removed they may not fit; {@link #areLatest} tells whether anything
 * changed.
 */
final class PinnedTables {
    private final LanceDatabase database;
    private final TableRoles roles;
    private final Map<String, Long> versions = new LinkedHashMap<>();

    PinnedTables(LanceDatabase database, TableRoles roles) {
        this.database = database;
        this.roles = roles;
    }

    /** All tables at their newest versions. */
    static PinnedTables latest(LanceDatabase database, TableRoles roles) {
        PinnedTables tables = new PinnedTables(database, roles);
        tables.pinDatasets(LanceTable::version);
        tables.pin(AtlasTables.LAYOUTS, LanceTable::version);
        roles.registryTables().forEach(name -> tables.pin(name, LanceTable::version));
        return tables;
    }

    /** Pins the cells and then the datasets. */
    void pinDatasets(ToLongFunction<LanceTable> version) {
        roles.obsTables().forEach(name -> pin(name, version));
        pin(roles.datasets(), version);
    }

    /** Opens the newest version of a table and pins the version that the function returns. */
    void pin(String name, ToLongFunction<LanceTable> version) {
        try (LanceTable table = database.open(name)) {
            versions.put(name, version.applyAsLong(table));
        }
    }

    /** Opens a table at its pinned version; the caller closes it. */
    LanceTable open(String name) {
        return database.open(name, versions.get(name));
    }

    long version(String name) {
        return versions.get(name);
    }

    TableRoles roles() {
        return roles;
    }

    /** The rows of the pinned dataset table. */
    List<DatasetRow> datasets() {
        try (LanceTable table = open(roles.datasets())) {
            return Datasets.read(table, Generation.G2).all();
        }
    }

    /** Whether no table has changed since it was pinned. */
    boolean areLatest() {
        return versions.equals(latest(database, roles).versions);
    }
}
