package io.hox.zarr;

import io.hox.store.Futures;
import io.hox.store.RequestCounter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What readers share: array and group documents, shard indexes. Each is fetched once, also when several tasks ask at the
 * same time; that something does not exist is remembered, too. Bounded and thread-safe.
 *
 * <p>What stays as it is can be kept for longer than one scan by a {@link #lasting} cache, which every scan asks through a
 * cache of its own.
 */
public final class ZarrCache {
    private static final long MAX_BYTES = 64L << 20;
    /** Keys, entries and small objects around the content. */
    private static final long OVERHEAD = 256;
    /** Most of what a scan's own cache holds belongs to the lasting one. */
    private static final long MAX_SCAN_BYTES = 16L << 20;

    private final Map<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final long maxBytes;
    private final boolean keepsAbsence;
    private final ZarrCache lasting;
    private final Predicate<String> changing;
    private long bytes;

    public ZarrCache() {
        this(MAX_BYTES);
    }

    ZarrCache(long maxBytes) {
        this(maxBytes, true, null, path -> true);
    }

    private ZarrCache(long maxBytes, boolean keepsAbsence, ZarrCache lasting, Predicate<String> changing) {
        this.maxBytes = maxBytes;
        this.keepsAbsence = keepsAbsence;
        this.lasting = lasting;
        this.changing = changing;
    }

    /** A cache that does not remember that something was absent: others may add it any time. */
    public static ZarrCache lasting() {
        return new ZarrCache(MAX_BYTES, false, null, path -> true);
    }

    /**
     * A cache for one scan, which takes from this one what it has and leaves there what it loads.
     *
     * @param changing the paths of what others may replace: that is kept for the scan alone
     */
    public ZarrCache forScan(Predicate<String> changing) {
        return new ZarrCache(MAX_SCAN_BYTES, true, this, changing);
    }

    /** Memory held. */
    public long bytes() {
        synchronized (entries) {
            return bytes;
        }
    }

    /** @param part the number of a shard, -1 for the document */
    record Key(String store, String path, long part) {}

    private static final class Entry {
        private final CompletableFuture<Object> value = new CompletableFuture<>();
        private long weight;
    }

    /**
     * The value, asked for by the first who wants it; a failure is not remembered.
     *
     * @param loader starts to load it
     * @param sizeOf bytes of a value, 0 for one that stands for an absent object
     * @param counter counts whether it was known or on its way
     */
    <T> CompletableFuture<T> start(
            Key key,
            Class<T> type,
            Supplier<CompletableFuture<T>> loader,
            ToLongFunction<T> sizeOf,
            RequestCounter counter) {
        Entry entry = new Entry();
        Entry present;
        synchronized (entries) {
            present = entries.putIfAbsent(key, entry);
        }
        boolean kept = lasting != null && !changing.test(key.path());
        if (present != null || !kept) {
            counter.cached(present != null);
        }
        if (present == null) {
            present = entry;
            CompletableFuture<T> loaded = kept ? lasting.start(key, type, loader, sizeOf, counter) : loader.get();
            loaded.whenComplete((value, failure) -> {
                if (failure != null) {
                    synchronized (entries) {
                        entries.remove(key, entry);
                    }
                    entry.value.completeExceptionally(failure);
                } else {
                    done(key, entry, value == null ? 0 : sizeOf.applyAsLong(value));
                    entry.value.complete(value);
                }
            });
        }
        return present.value.thenApply(type::cast);
    }

    /** The value, once it is there. Who waits for another's attempt makes his own when that fails. */
    <T> T get(
            Key key,
            Class<T> type,
            Supplier<CompletableFuture<T>> loader,
            ToLongFunction<T> sizeOf,
            RequestCounter counter) {
        boolean[] own = {false};
        while (true) {
            CompletableFuture<T> value = start(
                    key,
                    type,
                    () -> {
                        own[0] = true;
                        return loader.get();
                    },
                    sizeOf,
                    counter);
            try {
                return Futures.await(value);
            } catch (RuntimeException e) {
                if (own[0] || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private void done(Key key, Entry entry, long size) {
        synchronized (entries) {
            if (size == 0 && !keepsAbsence) {
                entries.remove(key, entry);
            } else if (entries.get(key) == entry) {
                keep(entry, OVERHEAD + size);
            }
        }
    }

    private void keep(Entry entry, long weight) {
        entry.weight = weight;
        bytes += weight;
        Iterator<Entry> eldest = entries.values().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            Entry candidate = eldest.next();
            if (candidate.weight > 0) {
                bytes -= candidate.weight;
                eldest.remove();
            }
        }
    }

    /** Forgets the document of a path and its shard indexes, after they were written. */
    void forget(String store, String path) {
        if (lasting != null) {
            lasting.forget(store, path);
        }
        synchronized (entries) {
            Iterator<Map.Entry<Key, Entry>> all = entries.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<Key, Entry> entry = all.next();
                if (entry.getKey().store().equals(store)
                        && entry.getKey().path().equals(path)) {
                    bytes -= entry.getValue().weight;
                    all.remove();
                }
            }
        }
    }
}
