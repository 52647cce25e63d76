package io.hox.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The snapshots that are open in a JVM. One stays open while somebody uses it and for some time after, since the next task
 * or query comes soon: nobody tells an executor that a scan is over. Thread-safe.
 */
final class SnapshotPool {
    /** The pool of this JVM. */
    static final SnapshotPool JVM =
            new SnapshotPool(16, Runtime.getRuntime().maxMemory() / 8, TimeUnit.MINUTES.toNanos(5));

    private final int maxIdle;
    private final long maxBytes;
    private final long idleNanos;
    /** Least recently used first. */
    private final LinkedHashMap<SharedSnapshot.Key, SharedSnapshot> open = new LinkedHashMap<>(16, 0.75f, true);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "hox-idle-snapshots");
        thread.setDaemon(true);
        return thread;
    });
    private boolean timerSet;
    private long opened;
    private long reused;

    /**
     * @param maxIdle snapshots to keep that nobody uses
     * @param maxBytes memory that all may hold before those that nobody uses are closed
     * @param idleNanos how long to keep one that nobody uses
     */
    SnapshotPool(int maxIdle, long maxBytes, long idleNanos) {
        this.maxIdle = maxIdle;
        this.maxBytes = maxBytes;
        this.idleNanos = idleNanos;
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /**
     * What is open now, and what happened since the start.
     *
     * @param snapshots open ones
     * @param used of these, the ones in use
     * @param tables open tables of all
     * @param bytes memory held on the heap when they were last used, about
     * @param opened how often a snapshot had to be opened
     * @param reused how often an open one was found
     */
    record Figures(int snapshots, int used, int tables, long bytes, long opened, long reused) {}

    /** The snapshot, opened if need be; every call needs a {@link #release}. */
    SharedSnapshot acquire(SharedSnapshot.Key key) {
        synchronized (open) {
            SharedSnapshot snapshot = open.get(key);
            if (snapshot == null) {
                snapshot = new SharedSnapshot(key);
                open.put(key, snapshot);
                opened++;
            } else {
                reused++;
            }
            snapshot.users++;
            return snapshot;
        }
    }

    void release(SharedSnapshot snapshot) {
        long bytes = snapshot.measure();
        List<SharedSnapshot> surplus;
        synchronized (open) {
            snapshot.bytes = bytes;
            snapshot.users--;
            snapshot.idleSince = System.nanoTime();
            surplus = surplus();
            setTimer();
        }
        surplus.forEach(SharedSnapshot::close);
    }

    Figures figures() {
        synchronized (open) {
            int used = 0;
            int tables = 0;
            long bytes = 0;
            for (SharedSnapshot snapshot : open.values()) {
                used += snapshot.users > 0 ? 1 : 0;
                tables += snapshot.openTables();
                bytes += snapshot.bytes;
            }
            return new Figures(open.size(), used, tables, bytes, opened, reused);
        }
    }

    /** Takes out what nobody uses and there is no room for. */
    private List<SharedSnapshot> surplus() {
        int idle = 0;
        long bytes = 0;
        for (SharedSnapshot snapshot : open.values()) {
            idle += snapshot.users == 0 ? 1 : 0;
            bytes += snapshot.bytes;
        }
        List<SharedSnapshot> surplus = new ArrayList<>();
        Iterator<SharedSnapshot> oldest = open.values().iterator();
        while (idle > 0 && (idle > maxIdle || bytes > maxBytes)) {
            SharedSnapshot snapshot = oldest.next();
            if (snapshot.users == 0) {
                oldest.remove();
                surplus.add(snapshot);
                idle--;
                bytes -= snapshot.bytes;
            }
        }
        return surplus;
    }

    private void setTimer() {
        if (!timerSet && open.values().stream().anyMatch(snapshot -> snapshot.users == 0)) {
            timerSet = true;
            timer.schedule(this::closeIdle, idleNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void closeIdle() {
        List<SharedSnapshot> expired = new ArrayList<>();
        synchronized (open) {
            timerSet = false;
            long now = System.nanoTime();
            Iterator<SharedSnapshot> all = open.values().iterator();
            while (all.hasNext()) {
                SharedSnapshot snapshot = all.next();
                if (snapshot.users == 0 && now - snapshot.idleSince >= idleNanos) {
                    all.remove();
                    expired.add(snapshot);
                }
            }
            setTimer();
        }
        expired.forEach(SharedSnapshot::close);
    }
}
