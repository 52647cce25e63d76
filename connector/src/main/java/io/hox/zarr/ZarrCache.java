package io.hox.zarr;

import io.hox.store.Futures;
import io.hox.store.RequestCounter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What the readers of one scan share: array and group documents, shard indexes. Each is fetched once, also when several
 * tasks ask at the same time; that something does not exist is remembered, too. Bounded and thread-safe.
 */
public final class ZarrCache {
    private static final long MAX_BYTES = 64L << 20;
    /** Keys, entries and small objects around the content. */
    private static final long OVERHEAD = 256;

    private final Map<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private final long maxBytes;
    private long bytes;

    public ZarrCache() {
        this(MAX_BYTES);
    }

    ZarrCache(long maxBytes) {
        this.maxBytes = maxBytes;
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
        counter.cached(present != null);
        if (present == null) {
            present = entry;
            loader.get().whenComplete((value, failure) -> {
                if (failure != null) {
                    synchronized (entries) {
                        entries.remove(key, entry);
                    }
                    entry.value.completeExceptionally(failure);
                } else {
                    keep(key, entry, OVERHEAD + (value == null ? 0 : sizeOf.applyAsLong(value)));
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

    private void keep(Key key, Entry entry, long weight) {
        synchronized (entries) {
            if (entries.get(key) != entry) {
                return;
            }
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
    }

    /** Forgets the document of a path and its shard indexes, after they were written. */
    void forget(String store, String path) {
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
