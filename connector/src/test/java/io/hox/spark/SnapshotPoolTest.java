package io.hox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.AtlasUri;
import io.hox.atlas.Generation;
import io.hox.atlas.Snapshot;
import io.hox.atlas.TableRef;
import io.hox.store.ObjectStore;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotPoolTest {
    private static final long LONG = TimeUnit.MINUTES.toNanos(10);

    private static final UserGroupInformation USER = UserGroupInformation.createRemoteUser("tester");

    @TempDir
    Path directory;

    @Test
    void equalOnesAreShared() {
        SnapshotPool pool = new SnapshotPool(2, Long.MAX_VALUE, LONG);
        SharedSnapshot first = pool.acquire(key("2026-01-01", Map.of()));
        assertThat(pool.acquire(key("2026-01-01", Map.of()))).isSameAs(first);
        assertThat(pool.acquire(key("2026-01-02", Map.of()))).isNotSameAs(first);
        assertThat(pool.acquire(key("2026-01-01", Map.of("fs.s3a.access.key", "another"))))
                .isNotSameAs(first);
        assertThat(pool.figures()).isEqualTo(new SnapshotPool.Figures(3, 3, 0, 0, 3, 1));
    }

    @Test
    void ofThoseThatNobodyUsesTheLastOnesAreKept() {
        SnapshotPool pool = new SnapshotPool(2, Long.MAX_VALUE, LONG);
        SharedSnapshot used = pool.acquire(key("used", Map.of()));
        List<SharedSnapshot> idle = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            idle.add(pool.acquire(key("idle " + i, Map.of())));
        }
        assertThat(pool.figures().snapshots()).isEqualTo(6);
        idle.forEach(pool::release);
        assertThat(pool.figures().snapshots()).isEqualTo(3);
        assertThat(pool.figures().used()).isEqualTo(1);
        assertThat(pool.acquire(key("used", Map.of()))).isSameAs(used);
        assertThat(pool.acquire(key("idle 4", Map.of()))).isSameAs(idle.get(4));
        assertThat(pool.acquire(key("idle 0", Map.of()))).isNotSameAs(idle.get(0));
    }

    @Test
    void whatTakesTooMuchMemoryGoesWhenNobodyUsesIt() {
        SnapshotPool pool = new SnapshotPool(10, 1_000, LONG);
        SharedSnapshot large = pool.acquire(key("large", Map.of()));
        SharedSnapshot again = pool.acquire(key("large", Map.of()));
        large.viewOf("scan").zarr();
        for (int i = 0; i < 10; i++) {
            write("group" + i);
            assertThat(large.viewOf("scan").zarr().groupExists("group" + i)).isTrue();
        }
        pool.release(large);
        assertThat(pool.figures().snapshots()).isEqualTo(1);
        assertThat(pool.figures().bytes()).isGreaterThan(1_000);
        pool.release(again);
        assertThat(pool.figures().snapshots()).isZero();
    }

    @Test
    void whatNobodyUsesForSomeTimeIsClosedAndSoIsTheTimer() throws InterruptedException {
        Set<Thread> others = timers();
        SnapshotPool pool = new SnapshotPool(10, Long.MAX_VALUE, TimeUnit.MILLISECONDS.toNanos(50));
        pool.acquire(key("used", Map.of()));
        pool.release(pool.acquire(key("idle", Map.of())));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end && (pool.figures().snapshots() > 1 || !others.containsAll(timers()))) {
            Thread.sleep(20);
        }
        assertThat(pool.figures().snapshots()).isEqualTo(1);
        assertThat(others).containsAll(timers());
    }

    private static Set<Thread> timers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("hox-idle-snapshots"))
                .collect(Collectors.toSet());
    }

    private void write(String group) {
        ObjectStore store = ObjectStore.open(directory.resolve("zarr_store").toString(), Map.of());
        new ZarrHierarchy(store, new ZarrCache()).createGroup(group);
    }

    private SharedSnapshot.Key key(String createdAt, Map<String, String> storage) {
        AtlasUri uri = AtlasUri.resolve(directory.toString(), null);
        TableRef table = new TableRef("table", 1);
        Snapshot snapshot = new Snapshot(
                0, Generation.G2, uri, Map.of("cells", 1L), table, table, Map.of("genes", table), 3, createdAt);
        return new SharedSnapshot.Key(snapshot, storage, USER);
    }
}
