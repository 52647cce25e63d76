package io.hox.matrix;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Features that tasks of one JVM have read from feature-major copies, so that the tasks of a group share them. Those that
 * were used last are kept, within bounds. Thread-safe: of several tasks that need the same, one reads and the others wait.
 */
public final class ColumnCache {

    /** What must be equal for two reads to share. */
    record Key(String group, ArrayPaths paths, FeatureAxis axis, List<LayerColumn> layers) {}

    private static final class Entry {
        private CellColumns columns;
        private long counted;
    }

    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final long maxBytes;
    private long bytes;

    /** @param maxBytes memory to hold at most; a task may go on using what is no longer held */
    public ColumnCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Memory held. */
    public long bytes() {
        synchronized (entries) {
            return bytes;
        }
    }

    CellColumns get(Key key, Supplier<CellColumns> loader) {
        Entry entry;
        synchronized (entries) {
            entry = entries.computeIfAbsent(key, ignored -> new Entry());
        }
        synchronized (entry) {
            if (entry.columns == null) {
                try {
                    entry.columns = loader.get();
                    keep(key, entry);
                } catch (RuntimeException e) {
                    synchronized (entries) {
                        entries.remove(key, entry);
                    }
                    throw e;
                }
            }
            return entry.columns;
        }
    }

    private void keep(Key key, Entry entry) {
        synchronized (entries) {
            if (entries.get(key) != entry) {
                return;
            }
            entry.counted = entry.columns.bytes();
            bytes += entry.counted;
            Iterator<Entry> oldest = entries.values().iterator();
            while (bytes > maxBytes && oldest.hasNext()) {
                Entry candidate = oldest.next();
                // What is being read has no size yet.
                if (candidate.counted > 0) {
                    bytes -= candidate.counted;
                    oldest.remove();
                }
            }
        }
    }
}
