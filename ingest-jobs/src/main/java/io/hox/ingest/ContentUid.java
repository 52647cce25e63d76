package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.Uids;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.store.ByteRange;
import io.hox.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jpountz.xxhash.StreamingXXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * A dataset's uid from the bytes of its source, so that the same content is the same dataset in every run and under every
 * name: two 64-bit hashes of every part of a file, and their lengths. Of a directory also the names of its files.
 *
 * @param uri a file or directory
 * @param from first byte of the part of a file
 * @param to where the part ends; -1 for a directory, which is one part
 */
record ContentUid(String uri, Map<String, String> options, long from, long to) implements IngestTask<String> {
    /** Bytes that one task hashes; another length makes other uids. */
    private static final long PART = 64L << 20;

    private static final long[] SEEDS = {0x9747b28cL, 0x2545F4914F6CDD1DL};
    private static final int PIECE = 8 << 20;

    /** @param run gives the results of tasks */
    static String of(SourceRef source, Map<String, String> options, Function<List<ContentUid>, List<String>> run) {
        List<String> files = Sources.files(source, options);
        List<ContentUid> parts = new ArrayList<>();
        for (String file : files) {
            SourceLocation location = SourceLocation.of(file, options);
            if (location.isFile()) {
                for (long from = 0; from == 0 || from < location.size(); from += PART) {
                    parts.add(new ContentUid(location.uri(), options, from, Math.min(location.size(), from + PART)));
                }
            } else {
                parts.add(new ContentUid(location.uri(), options, 0, -1));
            }
        }
        // Several files are told apart by their bytes; parts of one file have the same ones.
        return Uids.stable(String.join(" ", run.apply(parts)), files.size() == 1 ? source.part() : "");
    }

    @Override
    public String run(TaskCount count) {
        Hashes hashes = new Hashes();
        if (to >= 0) {
            ObjectStore store = ObjectStore.open(SourceLocation.directory(uri), options);
            hashes.file(store, uri.substring(uri.lastIndexOf('/') + 1), from, to, count);
        } else {
            directory(ObjectStore.open(uri, options), "", hashes, count);
        }
        return hashes.text();
    }

    private void directory(ObjectStore store, String path, Hashes hashes, TaskCount count) {
        for (String name : store.list(path)) {
            String key = path.isEmpty() ? name : path + "/" + name;
            long size = store.size(key);
            if (size >= 0) {
                hashes.name(key);
                hashes.file(store, key, 0, size, count);
            } else {
                directory(store, key, hashes, count);
            }
        }
    }

    private static final class Hashes {
        private final StreamingXXHash64 first = XXHashFactory.fastestInstance().newStreamingHash64(SEEDS[0]);
        private final StreamingXXHash64 second = XXHashFactory.fastestInstance().newStreamingHash64(SEEDS[1]);
        private long length;

        void name(String key) {
            byte[] bytes = (key + "\n").getBytes(StandardCharsets.UTF_8);
            update(bytes, 0, bytes.length);
        }

        void file(ObjectStore store, String key, long from, long to, TaskCount count) {
            int pieces = Math.toIntExact((to - from + PIECE - 1) / PIECE);
            ByteRange[] ranges = new ByteRange[pieces];
            for (int i = 0; i < pieces; i++) {
                long start = from + (long) i * PIECE;
                ranges[i] = new ByteRange(start, (int) Math.min(PIECE, to - start));
            }
            int[] next = {0};
            store.readRanges(key, ranges, (i, slice) -> {
                if (i != next[0]++) {
                    throw new HoxException("parts of '" + key + "' in store " + store.uri() + " came out of order");
                }
                update(slice.array(), slice.offset(), slice.length());
                count.wrote(0, 0);
            });
        }

        private void update(byte[] bytes, int from, int n) {
            first.update(bytes, from, n);
            second.update(bytes, from, n);
            length += n;
        }

        String text() {
            return Long.toHexString(first.getValue()) + ' ' + Long.toHexString(second.getValue()) + ' ' + length;
        }
    }
}
