package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpaces;
import io.hox.atlas.Snapshot;
import io.hox.matrix.ColumnCache;
import io.hox.matrix.FeatureAxis;
import io.hox.matrix.Remaps;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.security.UserGroupInformation;

/** One snapshot as it is open in this JVM. Thread-safe, but for what {@link SnapshotPool} guards. */
final class SharedSnapshot {
    /** Scans that run at once, or whose next task may still come. */
    private static final int MAX_SCANS = 16;

    private static final int MAX_AXES = 64;
    private static final long MAX_REMAP_BYTES = 64L << 20;
    /** Enough for one group; a planner takes no larger ones. */
    static final long MAX_COLUMN_BYTES = 64L << 20;

    /**
     * What must be equal for two reads to share: the record tells an atlas that was deleted and made anew at the same
     * place from its predecessor by the time of its creation.
     *
     * @param storage settings that open the places of the atlas; may hold secrets
     * @param user whose rights the clients of the storage have
     */
    record Key(Snapshot snapshot, Map<String, String> storage, UserGroupInformation user) {
        Key {
            storage = Map.copyOf(storage);
        }

        /** Leaves out the settings. */
        @Override
        public String toString() {
            return "Key[" + snapshot + "]";
        }
    }

    private final AtlasView root;
    /** Least recently used first, as in the others. */
    private final LinkedHashMap<String, AtlasView> scans = new LinkedHashMap<>(16, 0.75f, true);

    private final ColumnCache columns = new ColumnCache(MAX_COLUMN_BYTES);
    private final LinkedHashMap<FeatureAxis, Remaps> remaps = new LinkedHashMap<>(16, 0.75f, true);

    /** Guarded by the pool. */
    int users;

    long idleSince;
    long bytes;

    SharedSnapshot(Key key) {
        // Feature spaces are settled by the plan.
        this.root = AtlasView.open(key.snapshot, key.storage, FeatureSpaces.none());
    }

    /** The view that the tasks of a scan have in common. */
    AtlasView viewOf(String scanId) {
        synchronized (scans) {
            AtlasView view = scans.computeIfAbsent(scanId, id -> root.another(FeatureSpaces.none(), () -> {}));
            if (scans.size() > MAX_SCANS) {
                Iterator<AtlasView> oldest = scans.values().iterator();
                oldest.next();
                oldest.remove();
            }
            return view;
        }
    }

    /** A view for whoever plans; closing it calls back. */
    AtlasView view(FeatureSpaces spaces, Runnable onClose) {
        return root.another(spaces, onClose);
    }

    /** The remaps to an axis. They are dropped, and made again, when there are too many. */
    Remaps remaps(FeatureAxis axis) {
        synchronized (remaps) {
            Remaps wanted = remaps.computeIfAbsent(axis, a -> new Remaps(a, root::remap));
            long bytes = remapBytes();
            Iterator<Remaps> oldest = remaps.values().iterator();
            while (remaps.size() > 1 && (bytes > MAX_REMAP_BYTES || remaps.size() > MAX_AXES)) {
                bytes -= oldest.next().bytes();
                oldest.remove();
            }
            return wanted;
        }
    }

    private long remapBytes() {
        long bytes = 0;
        for (Remaps of : remaps.values()) {
            bytes += of.bytes();
        }
        return bytes;
    }

    /** Features that were read from feature-major copies. */
    ColumnCache columns() {
        return columns;
    }

    int openTables() {
        return root.openTables();
    }

    /** Memory held on the heap, about. */
    long measure() {
        synchronized (remaps) {
            return root.bytes() + remapBytes() + columns.bytes();
        }
    }

    void close() {
        root.close();
    }
}
