package io.hox.atlas;

import io.hox.store.ObjectStore;
import io.hox.store.StoreEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Finds the directories of a Zarr store in which nothing is in use. It looks no further than to the groups in use and to
 * the directories beside them; what is inside a group belongs to it. Memory grows with the directories that are found.
 */
final class UnusedDirectories {
    /** Beside a group, by an ingest that is under way. */
    private static final String TEMPORARY = ".rows";

    private final ObjectStore store;
    private final NavigableSet<String> used;

    /** @param used paths of groups and other directories below the store's root that must stay */
    UnusedDirectories(ObjectStore store, Iterable<String> used) {
        this.store = store;
        this.used = new TreeSet<>();
        used.forEach(this.used::add);
    }

    List<Leftover> find() {
        NavigableMap<String, Long> found = new TreeMap<>();
        search("", found);
        List<Leftover> leftovers = new ArrayList<>();
        found.forEach((path, modified) -> leftovers.add(measure(path, modified)));
        return leftovers;
    }

    private void search(String directory, Map<String, Long> found) {
        List<String> between = new ArrayList<>();
        store.visitChildren(directory, child -> {
            if (child.isDirectory()) {
                String path = directory.isEmpty() ? child.name() : directory + "/" + child.name();
                if (hasUsed(path)) {
                    between.add(path);
                } else if (!used.contains(path) && ZarrGroups.problem(path) == null) {
                    found.put(path, child.modifiedMillis());
                }
            }
        });
        for (String path : between) {
            if (!used.contains(path)) {
                search(path, found);
            }
        }
    }

    /** Whether something in use is below a directory. */
    private boolean hasUsed(String path) {
        String next = used.ceiling(path + "/");
        return next != null && next.startsWith(path + "/");
    }

    /** @param modified what counts where there is no object, as while a directory is being made */
    private Leftover measure(String path, long modified) {
        Sum sum = new Sum();
        store.visitObjects(path, sum);
        Leftover.Kind kind = path.endsWith(TEMPORARY) ? Leftover.Kind.TEMPORARY : Leftover.Kind.DIRECTORY;
        return new Leftover(kind, path, "", sum.objects, sum.bytes, sum.objects == 0 ? modified : sum.newest);
    }

    private static final class Sum implements Consumer<StoreEntry> {
        private long objects;
        private long bytes;
        private long newest;

        @Override
        public void accept(StoreEntry object) {
            objects++;
            bytes += object.size();
            newest = Math.max(newest, object.modifiedMillis());
        }
    }
}
