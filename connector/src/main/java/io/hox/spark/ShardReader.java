package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpaces;
import io.hox.atlas.Snapshot;
import io.hox.matrix.ColumnCache;
import io.hox.matrix.FeatureAxis;
import io.hox.matrix.Remaps;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A task's access to what all readers of a snapshot share in this JVM, across scans: tables, array documents, shard
 * indexes, layouts, registries and remaps, each opened or read once. To be closed when the task ends; what it gave is not
 * to be used after that.
 */
final class ShardReader implements Closeable {
    private final SharedSnapshot shared;
    private final AtlasView view;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ShardReader(SharedSnapshot shared, AtlasView view) {
        this.shared = shared;
        this.view = view;
    }

    /** @param scanId what Zarr lacks, and feature-major copies, are looked up once for each */
    static ShardReader acquire(String scanId, Snapshot snapshot, Map<String, String> storage) {
        SharedSnapshot shared = SnapshotPool.JVM.acquire(key(snapshot, storage));
        return new ShardReader(shared, shared.viewOf(scanId));
    }

    /** A view of the snapshot for whoever plans a read; to be closed. */
    static AtlasView view(Snapshot snapshot, Map<String, String> storage, FeatureSpaces spaces) {
        SharedSnapshot shared = SnapshotPool.JVM.acquire(key(snapshot, storage));
        AtomicBoolean closed = new AtomicBoolean();
        return shared.view(spaces, () -> release(shared, closed));
    }

    private static SharedSnapshot.Key key(Snapshot snapshot, Map<String, String> storage) {
        try {
            return new SharedSnapshot.Key(snapshot, storage, UserGroupInformation.getCurrentUser());
        } catch (IOException e) {
            throw new HoxException("Hadoop can't tell who the current user is: " + e.getMessage(), e);
        }
    }

    private static void release(SharedSnapshot shared, AtomicBoolean closed) {
        if (closed.compareAndSet(false, true)) {
            SnapshotPool.JVM.release(shared);
        }
    }

    AtlasView view() {
        return view;
    }

    /** The remaps to a feature axis, for all layouts of the atlas. */
    Remaps remaps(FeatureAxis axis) {
        return shared.remaps(axis);
    }

    /** Features that were read from feature-major copies. */
    ColumnCache columns() {
        return shared.columns();
    }

    @Override
    public void close() {
        release(shared, closed);
    }
}
