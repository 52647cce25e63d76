package io.hox.stored.zarr;

import io.hox.HoxException;
import io.hox.source.SourceLocation;
import io.hox.store.ObjectStore;
import io.hox.stored.StoredFile;
import io.hox.stored.StoredGroup;
import io.hox.stored.StoredNode;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.util.List;

/** A Zarr store, a directory or a zip archive, open for reading where it lies. */
public final class ZarrFile implements StoredFile {
    private static final byte[] ZIP = {'P', 'K'};

    private final String name;
    private final ObjectStore store;
    private final ZarrHierarchy arrays;
    private final ZarrDocuments documents;

    private ZarrFile(String name, ObjectStore store, ZarrDocuments documents) {
        this.name = name;
        this.store = store;
        this.arrays = new ZarrHierarchy(store, new ZarrCache());
        this.documents = documents;
    }

    /** Whether a place may hold a Zarr store: a directory with documents of Zarr's at its root, or a zip archive. */
    public static boolean recognises(SourceLocation location) {
        if (location.isFile()) {
            byte[] head = location.head(ZIP.length);
            return head.length == ZIP.length && head[0] == ZIP[0] && head[1] == ZIP[1];
        }
        return location.children().stream().anyMatch(ZarrDocuments::isDocument);
    }

    /** @throws HoxException when there is no Zarr store */
    public static ZarrFile open(SourceLocation location) {
        String name = location.uri();
        ObjectStore store = location.isFile()
                ? ObjectStore.zip(location.channel(), name)
                : ObjectStore.open(name, location.options());
        try {
            ZarrDocuments documents = ZarrDocuments.open(store, "");
            if (documents == null) {
                // Who zips a directory often zips it with its name.
                List<String> names = store.list("");
                documents = names.size() == 1 ? ZarrDocuments.open(store, names.get(0)) : null;
            }
            if (documents == null) {
                throw new HoxException(name + " holds no Zarr store: it has none of " + ZarrDocuments.NAMES
                        + " at its root. Give a directory or zip archive that anndata wrote.");
            }
            return new ZarrFile(name, store, documents);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    String name() {
        return name;
    }

    ZarrHierarchy arrays() {
        return arrays;
    }

    ZarrDocuments documents() {
        return documents;
    }

    @Override
    public StoredGroup root() {
        if (node("") instanceof StoredGroup root) {
            return root;
        }
        throw new HoxException(name + " is a single Zarr array, not a group of annotated matrices.");
    }

    /** The node at a path below the root, or null. */
    StoredNode node(String path) {
        ZarrDocuments.Node node = documents.node(path);
        if (node == null) {
            return null;
        }
        return node.isArray() ? new ZarrArrayNode(this, path, node) : new ZarrGroupNode(this, path, node.attributes());
    }

    @Override
    public void close() {
        store.close();
    }
}
