package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.Uids;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.store.ByteRange;
import io.hox.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jpountz.xxhash.StreamingXXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * A dataset's uid from the bytes of its source, so that the same content is the same dataset in every run and under every
 * name: two 64-bit hashes and the length. Of a directory also the names of its files.
 */
record ContentUid(SourceRef source, Map<String, String> options) implements IngestTask<String> {
    private static final long[] SEEDS = {0x9747b28cL, 0x2545F4914F6CDD1DL};
    private static final int PIECE = 8 << 20;

    @Override
    public String run(TaskCount count) {
        Hashes hashes = new Hashes();
        List<String> files = Sources.files(source, options);
        for (String file : files) {
            add(SourceLocation.of(file, options), hashes, count);
        }
        // Several files are told apart by their bytes; parts of one file have the same ones.
        return Uids.stable(hashes.text(), files.size() == 1 ? source.part() : "");
    }

    private void add(SourceLocation location, Hashes hashes, TaskCount count) {
        if (location.isFile()) {
            String parent = SourceLocation.directory(location.uri());
            hashes.file(ObjectStore.open(parent, options), location.name(), location.size(), count);
        } else {
            directory(ObjectStore.open(location.uri(), options), "", hashes, count);
        }
    }

    private void directory(ObjectStore store, String path, Hashes hashes, TaskCount count) {
        for (String name : store.list(path)) {
            String key = path.isEmpty() ? name : path + "/" + name;
            long size = store.size(key);
            if (size >= 0) {
                hashes.name(key);
                hashes.file(store, key, size, count);
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

        void file(ObjectStore store, String key, long size, TaskCount count) {
            int pieces = Math.toIntExact((size + PIECE - 1) / PIECE);
            ByteRange[] ranges = new ByteRange[pieces];
            for (int i = 0; i < pieces; i++) {
                long from = (long) i * PIECE;
                ranges[i] = new ByteRange(from, (int) Math.min(PIECE, size - from));
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
