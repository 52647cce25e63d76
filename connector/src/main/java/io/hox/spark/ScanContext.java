package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpaces;
import io.hox.atlas.Snapshot;
import io.hox.matrix.FeatureAxis;
import io.hox.matrix.Remaps;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the tasks of one scan share in a JVM: open tables, array documents, shard indexes, remaps. Each is read once.
 *
 * <p>A context stays open while a task uses it and for some time after, since the next task of the scan comes soon;
 * nobody tells an executor that a scan is over, so the few that were used last are kept.
 */
final class ScanContext {
    private static final int MAX_IDLE = 4;
    /** Least recently used first. */
    private static final LinkedHashMap<String, ScanContext> OPEN = new LinkedHashMap<>(16, 0.75f, true);

    private final AtlasView view;
    private final Map<String, Remaps> remaps = new ConcurrentHashMap<>();
    private int users;

    private ScanContext(AtlasView view) {
        this.view = view;
    }

    /**
     * The context of a scan; every call needs a {@link #release}.
     *
     * @param scanId identifies the scan among all of the JVM: what Zarr held for another scan may have changed since
     */
    static ScanContext acquire(String scanId, Snapshot snapshot, Map<String, String> storage) {
        synchronized (OPEN) {
            ScanContext context = OPEN.get(scanId);
            if (context == null) {
                // Feature spaces are settled by the plan.
                context = new ScanContext(AtlasView.open(snapshot, storage, FeatureSpaces.none()));
                OPEN.put(scanId, context);
            }
            context.users++;
            return context;
        }
    }

    void release() {
        synchronized (OPEN) {
            users--;
            int idle = 0;
            for (ScanContext context : OPEN.values()) {
                idle += context.users == 0 ? 1 : 0;
            }
            Iterator<ScanContext> oldest = OPEN.values().iterator();
            while (idle > MAX_IDLE && oldest.hasNext()) {
                ScanContext context = oldest.next();
                if (context.users == 0) {
                    oldest.remove();
                    context.view.close();
                    idle--;
                }
            }
        }
    }

    AtlasView view() {
        return view;
    }

    /** The remaps of a pointer column, shared by all tasks. */
    Remaps remaps(String column, FeatureAxis axis) {
        return remaps.computeIfAbsent(column, name -> new Remaps(axis, view::remap));
    }
}
