package io.hox.atlas;

import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import io.hox.store.ObjectStore;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;

/** What the views of one snapshot share: open tables and what was read, each once. Thread-safe. */
final class SnapshotContent implements Closeable {
    private final Snapshot snapshot;
    private final LanceDatabase database;
    private final ObjectStore store;
    private final ZarrCache documents = ZarrCache.lasting();
    private final FeatureOrientedPaths copies;
    private final LayerCatalog catalog;
    private final Registries registries;
    private final Map<TableRef, LanceTable> tables = new HashMap<>();
    private volatile Datasets datasets;
    private volatile Layouts layouts;

    /** @param options as both clients of object stores want them */
    SnapshotContent(Snapshot snapshot, Map<String, String> options) {
        this.snapshot = snapshot;
        this.database = LanceDatabase.open(snapshot.uri().database(), options);
        this.store = ObjectStore.open(snapshot.uri().store(), options);
        this.copies = new FeatureOrientedPaths(FeatureSpaces.builtIn(snapshot.generation()));
        this.catalog = new LayerCatalog(new ZarrHierarchy(store, documents));
        this.registries = new Registries(snapshot, this::table);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** The arrays as one scan sees them. */
    ZarrHierarchy zarr() {
        return new ZarrHierarchy(store, documents.forScan(copies::contain));
    }

    LayerCatalog catalog() {
        return catalog;
    }

    Registries registries() {
        return registries;
    }

    LanceTable table(TableRef ref) {
        synchronized (tables) {
            return tables.computeIfAbsent(ref, r -> database.open(r.name(), r.version()));
        }
    }

    synchronized Datasets datasets() {
        if (datasets == null) {
            datasets = Datasets.read(table(snapshot.datasets()), snapshot.generation());
        }
        return datasets;
    }

    synchronized Layouts layouts() {
        if (layouts == null) {
            layouts = new Layouts(table(snapshot.layouts()));
        }
        return layouts;
    }

    int openTables() {
        synchronized (tables) {
            return tables.size();
        }
    }

    /** Memory held on the heap, about. */
    long bytes() {
        Datasets readDatasets = datasets;
        Layouts readLayouts = layouts;
        long bytes = documents.bytes() + registries.bytes();
        bytes += readDatasets == null ? 0 : readDatasets.bytes();
        bytes += readLayouts == null ? 0 : readLayouts.bytes();
        return bytes;
    }

    @Override
    public void close() {
        synchronized (tables) {
            for (LanceTable table : tables.values()) {
                table.close();
            }
            tables.clear();
        }
        database.close();
        store.close();
    }
}
