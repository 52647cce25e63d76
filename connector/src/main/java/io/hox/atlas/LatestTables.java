package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The tables of an atlas of the second generation by the parts they play, each opened at its latest version for one use.
 */
final class LatestTables {
    private final AtlasUri uri;
    private final Map<String, String> options;
    private final LanceDatabase database;
    private final TableRoles roles;

    private LatestTables(AtlasUri uri, Map<String, String> options, LanceDatabase database, TableRoles roles) {
        this.uri = uri;
        this.options = options;
        this.database = database;
        this.roles = roles;
    }

    /** @throws HoxException when there is no atlas, or one of the first generation, which can only be read */
    static LatestTables open(AtlasUri uri, Map<String, String> options, FeatureSpaces known) {
        try (Atlas atlas = Atlas.open(uri, options)) {
            if (atlas.generation() == Generation.G1) {
                throw new HoxException("the atlas " + uri.root() + " is of the first generation (lancell, or homeobox"
                        + " before 0.2.4), which can be read but not written; ingest its sources into a new atlas");
            }
            List<Snapshot> snapshots = atlas.snapshots();
            Snapshot latest = snapshots.isEmpty() ? null : snapshots.get(snapshots.size() - 1);
            TableRoles roles = TableRoles.find(atlas.database(), latest, known);
            return new LatestTables(uri, atlas.options(), atlas.database(), roles);
        }
    }

    AtlasUri uri() {
        return uri;
    }

    Map<String, String> options() {
        return options;
    }

    LanceDatabase database() {
        return database;
    }

    TableRoles roles() {
        return roles;
    }

    /** All snapshots by ascending version; read anew with every call. */
    List<Snapshot> snapshots() {
        try (Atlas atlas = Atlas.open(uri, options)) {
            return atlas.snapshots();
        }
    }

    /** @throws HoxException when there is no such obs table; the message lists those that exist */
    <T> T obs(String table, Function<LanceTable, T> use) {
        if (!roles.obsTables().contains(table)) {
            throw new HoxException("the atlas " + uri.root() + " has no obs table '" + table + "'; its obs tables are "
                    + roles.obsTables());
        }
        return with(table, use);
    }

    /** @throws HoxException when the space has no registry; the message lists the spaces that have one */
    <T> T registry(String featureSpace, Function<LanceTable, T> use) {
        String table = roles.registries().get(featureSpace);
        if (table == null) {
            throw new HoxException("the atlas " + uri.root() + " has no registry for the feature space '" + featureSpace
                    + "'; it has registries for " + roles.registries().keySet());
        }
        return with(table, use);
    }

    <T> T datasets(Function<LanceTable, T> use) {
        return with(roles.datasets(), use);
    }

    <T> T layouts(Function<LanceTable, T> use) {
        return with(AtlasTables.LAYOUTS, use);
    }

    private <T> T with(String name, Function<LanceTable, T> use) {
        try (LanceTable table = database.open(name)) {
            return use.apply(table);
        }
    }
}
