package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import io.hox.store.ObjectStore;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;

/** Makes the tables and the Zarr root of a new atlas. Existing things are never touched. */
final class AtlasCreation {
    private AtlasCreation() {}

    static void create(AtlasUri uri, Map<String, String> options, AtlasSchema schema, FeatureSpaces spaces) {
        schema.check(spaces);
        LanceDatabase database = LanceDatabase.open(uri.database(), options);
        List<String> existing = database.tableNames();
        if (!existing.isEmpty()) {
            throw new HoxException("there is an atlas at " + uri.root() + " already (tables "
                    + String.join(", ", existing) + "); nothing was changed. Choose another path, or add to the atlas"
                    + " with 'hox ingest'");
        }
        try (ObjectStore store = ObjectStore.open(uri.store(), options)) {
            if (!store.list("").isEmpty()) {
                throw new HoxException("the Zarr store " + uri.store() + " is not empty; nothing was changed. Choose"
                        + " another path, or empty the directory yourself");
            }
            createTables(database, schema, spaces);
            new ZarrHierarchy(store, new ZarrCache()).createGroup("");
        }
    }

    private static void createTables(LanceDatabase database, AtlasSchema schema, FeatureSpaces spaces) {
        Map<String, Schema> tables = new LinkedHashMap<>();
        for (AtlasSchema.ObsTable obs : schema.obsTables()) {
            tables.put(obs.name(), AtlasTables.obs(obs, spaces));
        }
        tables.put(AtlasSchema.DATASETS, AtlasTables.datasets(schema.datasetColumns()));
        Map<String, String> spacesOfRegistry = new LinkedHashMap<>();
        for (AtlasSchema.RegistryTable registry : schema.registries()) {
            tables.putIfAbsent(registry.table(), AtlasTables.registry(registry));
            spacesOfRegistry.merge(registry.table(), registry.featureSpace(), (a, b) -> a + "," + b);
        }
        tables.put(AtlasTables.LAYOUTS, AtlasTables.layouts());
        // The version table makes the directory an atlas: last, so that half an atlas is not taken for one.
        tables.put(Atlas.VERSION_TABLE, AtlasTables.versions());
        List<String> made = new ArrayList<>();
        try {
            tables.forEach((name, arrow) -> {
                made.add(name);
                try (LanceTable table = database.create(name, arrow)) {
                    if (spacesOfRegistry.containsKey(name)) {
                        table.config().set(TableRoles.SPACES_KEY, spacesOfRegistry.get(name));
                    }
                    if (name.equals(AtlasTables.LAYOUTS)) {
                        table.maintenance().createFullText("feature_uid");
                        table.maintenance().createFullText("layout_uid");
                    }
                }
            });
        } catch (RuntimeException e) {
            made.forEach(database::drop);
            throw e;
        }
    }
}
