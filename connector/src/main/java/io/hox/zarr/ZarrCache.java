package io.hox.zarr;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
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
        private Object value;
        private long weight;
        private boolean loaded;
    }

    /** The cached value, loaded by the first who asks; a failure is not remembered. */
    <T> T get(Key key, Class<T> type, Supplier<T> loader, ToLongFunction<T> sizeOf) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, k -> new Entry());
        }
        synchronized (entry) {
            if (!entry.loaded) {
                T value;
                try {
                    value = loader.get();
                } catch (RuntimeException e) {
                    synchronized (entries) {
                        entries.remove(key, entry);
                    }
                    throw e;
                }
                entry.value = value;
                entry.loaded = true;
                keep(key, entry, OVERHEAD + (value == null ? 0 : sizeOf.applyAsLong(value)));
            }
            return type.cast(entry.value);
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
