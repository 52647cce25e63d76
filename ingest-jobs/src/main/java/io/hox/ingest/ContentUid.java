package io.hox.ingest;

import io.hox.atlas.Uids;
import io.hox.job.TaskRunner;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.store.ObjectStore;
import io.hox.store.StoreEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A dataset's uid from the bytes of its source, so that the same content is the same dataset in every run and under every
 * name; of a directory also from the names of its files. Tasks hash runs of equal length side by side.
 */
final class ContentUid {
    /** Bytes that a task hashes. Another number would give all datasets other uids. */
    private static final long RUN = 64L << 20;

    private final SourceRef source;
    private final Map<String, String> options;
    private final List<ContentHash> tasks = new ArrayList<>();
    private List<ContentHash.Slice> slices = new ArrayList<>();
    private long length;

    /** @param options settings of the source's storage */
    ContentUid(SourceRef source, Map<String, String> options) {
        this.source = source;
        this.options = options;
    }

    /** @param description of the Spark job */
    String find(TaskRunner runner, String description) {
        List<String> files = Sources.files(source, options);
        files.forEach(this::add);
        endRun();
        List<String> hashes = runner.run(source.toString(), description, tasks);
        // Several files are told apart by their bytes; parts of one file have the same ones.
        return Uids.stable(String.join(" ", hashes), files.size() == 1 ? source.part() : "");
    }

    private void add(String path) {
        SourceLocation location = SourceLocation.of(path, options);
        String uri = location.uri();
        if (location.isFile()) {
            file(SourceLocation.directory(uri), location.name(), location.size(), false);
        } else {
            directory(ObjectStore.open(uri, options), uri, "");
        }
    }

    private void directory(ObjectStore store, String uri, String path) {
        List<StoreEntry> children = new ArrayList<>();
        store.visitChildren(path, children::add);
        children.sort(Comparator.comparing(StoreEntry::name));
        for (StoreEntry child : children) {
            String key = path.isEmpty() ? child.name() : path + "/" + child.name();
            if (child.isDirectory()) {
                directory(store, uri, key);
            } else {
                file(uri, key, child.size(), true);
            }
        }
    }

    private void file(String store, String key, long size, boolean named) {
        long from = 0;
        do {
            long to = Math.min(size, from + RUN - length);
            slices.add(new ContentHash.Slice(store, key, from, to, named && from == 0));
            length += to - from;
            from = to;
            if (length == RUN) {
                endRun();
            }
        } while (from < size);
    }

    private void endRun() {
        if (!slices.isEmpty()) {
            tasks.add(new ContentHash(slices, options));
            slices = new ArrayList<>();
            length = 0;
        }
    }
}
