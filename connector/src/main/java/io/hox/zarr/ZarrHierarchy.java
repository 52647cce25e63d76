package io.hox.zarr;

import io.hox.HoxException;
import io.hox.store.Futures;
import io.hox.store.MissingObjectException;
import io.hox.store.ObjectStore;
import io.hox.store.RequestCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The groups and arrays of a store. Thread-safe. Paths are relative and '/'-separated; "" is the root group.
 *
 * <p>Documents are remembered in the cache, absent ones too: what other writers add later is seen with a new cache.
 */
public final class ZarrHierarchy {
    private static final String DOCUMENT = "zarr.json";

    private final ObjectStore store;
    private final ZarrCache cache;

    /** @param cache keeps documents and shard indexes, and may be shared; what others change later is not seen through it */
    public ZarrHierarchy(ObjectStore store, ZarrCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /** The store that holds the hierarchy. */
    public ObjectStore store() {
        return store;
    }

    /** The same hierarchy and cache, counting requests elsewhere. */
    public ZarrHierarchy counting(RequestCounter counter) {
        return new ZarrHierarchy(store.counting(counter), cache);
    }

    /**
     * An array.
     *
     * @throws MissingObjectException when there is neither array nor group
     * @throws HoxException when it is a group, or an array that is not supported
     */
    public ZarrArray array(String path) {
        ZarrArray array = arrayOrNull(path);
        if (array != null) {
            return array;
        }
        if (node(path) == null) {
            throw new MissingObjectException(store.uri(), documentKey(path));
        }
        throw new HoxException("'" + path + "' in store " + store.uri() + " is a group, not an array");
    }

    /** An array whose document is known from elsewhere, whatever lies at that path. */
    public ZarrArray array(String path, ArrayMetadata metadata) {
        return new ZarrArray(this, path, metadata);
    }

    /** The array, null when there is none (a group is none). */
    public ZarrArray arrayOrNull(String path) {
        Node node = node(path);
        return node == null || !node.isArray() ? null : new ZarrArray(this, path, node.metadata());
    }

    /** Whether there is a group; an array is none. */
    public boolean groupExists(String path) {
        Node node = node(path);
        return node != null && !node.isArray();
    }

    /** The names of a group's direct child arrays, sorted; empty when there is no such group. */
    public List<String> arrayNames(String groupPath) {
        return children(groupPath, true);
    }

    /** The names of a group's direct child groups, sorted; empty when there is no such group. */
    public List<String> groupNames(String groupPath) {
        return children(groupPath, false);
    }

    private List<String> children(String groupPath, boolean arrays) {
        List<String> names = new ArrayList<>();
        for (String name : store.list(groupPath)) {
            if (!name.equals(DOCUMENT)) {
                Node node = node(child(groupPath, name));
                if (node != null && node.isArray() == arrays) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /**
     * Makes a group with all its parents and the root, where they do not exist.
     *
     * @throws HoxException when one of them is an array
     */
    public void createGroup(String path) {
        if (path.isEmpty()) {
            createOne("");
            return;
        }
        createGroup(parent(path));
        createOne(path);
    }

    private void createOne(String path) {
        Node node = node(path);
        if (node == null) {
            store.write(documentKey(path), JsonText.print(MetadataBuilder.group()));
            cache.forget(store.uri(), path);
        } else if (node.isArray()) {
            throw new HoxException("'" + path + "' in store " + store.uri() + " is an array, not a group");
        }
    }

    /**
     * Starts to write an array; the groups of its path are created.
     *
     * @param template type, chunks, shards, codecs and trailing axes; the first axis grows
     * @throws HoxException when there is an array or a group of that path, or the template cuts its trailing axes
     */
    public ArrayWriter createArray(String path, ArrayMetadata template) {
        if (store.size(documentKey(path)) >= 0) {
            throw new HoxException(
                    "'" + path + "' exists in store " + store.uri() + ": delete it first, or write to another path");
        }
        createGroup(path.isEmpty() ? "" : parent(path));
        return new ArrayWriter(this, path, template, 0, true);
    }

    /**
     * Starts to write shards of an array from some shard on, without its document: several writers can so share an
     * array. {@link #commitArray} makes it visible. An abort leaves the shards that were completed.
     *
     * @param firstShard the number of the shard along axis 0
     */
    public ArrayWriter createShards(String path, ArrayMetadata template, long firstShard) {
        return new ArrayWriter(this, path, template, firstShard, false);
    }

    /** Writes the document of an array whose shards have been written; the groups of its path are created. */
    public void commitArray(String path, ArrayMetadata metadata) {
        createGroup(path.isEmpty() ? "" : parent(path));
        writeDocument(path, metadata);
    }

    void writeDocument(String path, ArrayMetadata metadata) {
        store.write(documentKey(path), metadata.toJson());
        cache.forget(store.uri(), path);
    }

    /** The index of a shard; this thread fetches it where nobody else does already. */
    ShardIndex shardIndex(ZarrArray array, long shard, String key) {
        return cache.get(
                indexKey(array, shard),
                ShardIndex.class,
                () -> Futures.here(() -> loadIndex(array, key)),
                ShardIndex::bytes,
                store.counter());
    }

    /** The same without waiting: threads for requests fetch it. */
    CompletableFuture<ShardIndex> startShardIndex(ZarrArray array, long shard, String key) {
        return cache.start(
                indexKey(array, shard),
                ShardIndex.class,
                () -> store.later(() -> loadIndex(array, key)),
                ShardIndex::bytes,
                store.counter());
    }

    /** Forgets what is remembered of an array and its shards. */
    void forget(ZarrArray array) {
        cache.forget(store.uri(), array.path());
    }

    private ZarrCache.Key indexKey(ZarrArray array, long shard) {
        return new ZarrCache.Key(store.uri(), array.path(), shard);
    }

    private ShardIndex loadIndex(ZarrArray array, String key) {
        return ShardIndex.load(
                store, key, array.metadata().shardLayout(), array.metadata().grid().chunksPerShard, array.where(key));
    }

    private Node node(String path) {
        return cache.get(
                new ZarrCache.Key(store.uri(), path, -1),
                Node.class,
                () -> Futures.here(() -> load(path)),
                Node::bytes,
                store.counter());
    }

    private Node load(String path) {
        String key = documentKey(path);
        byte[] json = store.readOrNull(key);
        return json == null ? null : Node.parse(json, "document '" + key + "' in store " + store.uri());
    }

    private static String documentKey(String path) {
        return path.isEmpty() ? DOCUMENT : path + "/" + DOCUMENT;
    }

    private static String child(String groupPath, String name) {
        return groupPath.isEmpty() ? name : groupPath + "/" + name;
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
