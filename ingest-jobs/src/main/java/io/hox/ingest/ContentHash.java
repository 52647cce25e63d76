package io.hox.ingest;

import io.hox.HoxException;
import io.hox.job.Task;
import io.hox.job.TaskCount;
import io.hox.store.ByteRange;
import io.hox.store.ObjectStore;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jpountz.xxhash.StreamingXXHash64;
import net.jpountz.xxhash.XXHashFactory;

/** Hashes some parts of files, one after the other: two 64-bit hashes and the length. */
record ContentHash(List<Slice> slices, Map<String, String> options) implements Task<String> {
    private static final long[] SEEDS = {0x9747b28cL, 0x2545F4914F6CDD1DL};
    private static final int PIECE = 8 << 20;

    /**
     * A part of a file.
     *
     * @param store directory of the file
     * @param key the file in it
     * @param from first byte
     * @param to behind the last byte
     * @param named whether the key is hashed before the bytes
     */
    record Slice(String store, String key, long from, long to, boolean named) implements Serializable {}

    @Override
    public String run(TaskCount count) {
        StreamingXXHash64[] hashes = new StreamingXXHash64[SEEDS.length];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = XXHashFactory.fastestInstance().newStreamingHash64(SEEDS[i]);
        }
        long length = 0;
        for (Slice slice : slices) {
            if (slice.named()) {
                byte[] name = (slice.key() + "\n").getBytes(StandardCharsets.UTF_8);
                update(hashes, name, 0, name.length);
            }
            add(slice, hashes, count);
            length += slice.to() - slice.from();
        }
        return Long.toHexString(hashes[0].getValue()) + ' ' + Long.toHexString(hashes[1].getValue()) + ' ' + length;
    }

    private void add(Slice slice, StreamingXXHash64[] hashes, TaskCount count) {
        ObjectStore store = ObjectStore.open(slice.store(), options);
        int pieces = Math.toIntExact((slice.to() - slice.from() + PIECE - 1) / PIECE);
        ByteRange[] ranges = new ByteRange[pieces];
        for (int i = 0; i < pieces; i++) {
            long from = slice.from() + (long) i * PIECE;
            ranges[i] = new ByteRange(from, (int) Math.min(PIECE, slice.to() - from));
        }
        int[] next = {0};
        store.readRanges(slice.key(), ranges, (i, bytes) -> {
            if (i != next[0]++) {
                throw new HoxException("parts of '" + slice.key() + "' in store " + store.uri() + " came out of order");
            }
            update(hashes, bytes.array(), bytes.offset(), bytes.length());
            count.wrote(0, 0);
        });
    }

    private static void update(StreamingXXHash64[] hashes, byte[] bytes, int from, int n) {
        for (StreamingXXHash64 hash : hashes) {
            hash.update(bytes, from, n);
        }
    }
}
