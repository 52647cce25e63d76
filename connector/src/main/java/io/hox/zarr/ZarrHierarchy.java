package io.hox.zarr;

import io.hox.HoxException;
import io.hox.store.ObjectStore;
import io.hox.store.RequestCounter;
import java.util.List;

/** The groups and arrays of a store. Thread-safe. Paths are relative and '/'-separated; "" is the root group. */
public final class ZarrHierarchy {
    private final ObjectStore store;
    private final ZarrCache cache;

    public ZarrHierarchy(ObjectStore store, ZarrCache cache) {
        this.store = store;
        this.cache = cache;
    }

    public ObjectStore store() {
        return store;
    }

    /** The same hierarchy and cache, counting requests elsewhere. */
    public ZarrHierarchy counting(RequestCounter counter) {
        return new ZarrHierarchy(store.counting(counter), cache);
    }

    /** @throws HoxException when there is no array, or it is not supported */
    public ZarrArray array(String path) {
        throw new HoxException(path);
    }

    /** The array, null when there is none. */
    public ZarrArray arrayOrNull(String path) {
        throw new HoxException(path);
    }

    public boolean groupExists(String path) {
        throw new HoxException(path);
    }

    /** The names of a group's direct child arrays, sorted. */
    public List<String> arrayNames(String groupPath) {
        throw new HoxException(groupPath);
    }

    /** The names of a group's direct child groups, sorted. */
    public List<String> groupNames(String groupPath) {
        throw new HoxException(groupPath);
    }

    /** Makes a group with all its parents and the root, where they do not exist. */
    public void createGroup(String path) {
        throw new HoxException(path);
    }

    /**
     * Starts to write an array; the groups of its path are created.
     *
     * @param template type, chunks, shards, codecs and trailing axes; the first axis grows
     */
    public ArrayWriter createArray(String path, ArrayMetadata template) {
        throw new HoxException(path);
    }
}
