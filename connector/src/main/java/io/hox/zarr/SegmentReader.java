package io.hox.zarr;

import io.hox.HoxException;
import io.hox.codec.MalformedDataException;
import io.hox.store.ByteRange;
import io.hox.store.ByteSlice;
import java.util.Arrays;

/**
 * Carries out one read: fetches the chunks that a plan names, shard by shard, decodes each of them once and copies its
 * pieces. A chunk that is wanted whole decodes straight into the destination. Not thread-safe.
 */
final class SegmentReader {
    private final ZarrHierarchy hierarchy;
    private final ZarrArray array;
    private final Grid grid;
    private final CodecChain codecs;
    private final Segments segments;
    private final int[] order;
    private final Values into;
    private final int maxEncoded;

    private byte[] scratch;
    private Values partial;

    SegmentReader(ZarrHierarchy hierarchy, ZarrArray array, Segments segments, Values into) {
        this.hierarchy = hierarchy;
        this.array = array;
        this.grid = array.metadata().grid();
        this.codecs = array.metadata().codecs();
        this.segments = segments;
        this.order = segments.byChunk();
        this.into = into;
        this.maxEncoded =
                CodecChain.maxEncoded(grid.chunkElements * array.type().bytes());
    }

    void run() {
        int first = 0;
        while (first < order.length) {
            long shard = segments.chunk(order[first]) / grid.chunksPerShard;
            long beyond = (shard + 1) * grid.chunksPerShard;
            int end = first + 1;
            while (end < order.length && segments.chunk(order[end]) < beyond) {
                end++;
            }
            if (array.metadata().isSharded()) {
                readShard(shard, first, end);
            } else {
                readObject(shard, first, end);
            }
            first = end;
        }
    }

    /** Reads the pieces order[first] .. order[end - 1], all in one shard. */
    private void readShard(long shard, int first, int end) {
        String key = array.shardKey(shard);
        ShardIndex index = hierarchy.shardIndex(array, shard, key);
        int[] runs = new int[16];
        ByteRange[] ranges = new ByteRange[16];
        int count = 0;
        for (int i = first; i < end; ) {
            int runEnd = endOfRun(i, end);
            int chunk = (int) (segments.chunk(order[i]) % grid.chunksPerShard);
            ByteRange range = index.range(chunk, maxEncoded);
            if (range == null) {
                fill(i, runEnd);
            } else {
                if (count == ranges.length) {
                    runs = Arrays.copyOf(runs, 2 * count);
                    ranges = Arrays.copyOf(ranges, 2 * count);
                }
                runs[count] = i;
                ranges[count++] = range;
            }
            i = runEnd;
        }
        int[] starts = runs;
        hierarchy.store().readRanges(key, Arrays.copyOf(ranges, count), (r, slice) -> {
            int run = starts[r];
            decode(slice, run, endOfRun(run, end), key, (int) (segments.chunk(order[run]) % grid.chunksPerShard));
        });
    }

    /** Reads the pieces of the one chunk of an object. */
    private void readObject(long shard, int first, int end) {
        String key = array.shardKey(shard);
        byte[] bytes = hierarchy.store().readOrNull(key, maxEncoded);
        if (bytes == null) {
            fill(first, end);
        } else {
            decode(new ByteSlice(bytes, 0, bytes.length), first, end, key, 0);
        }
    }

    /** The end of the pieces that belong to the chunk of piece {@code i}. */
    private int endOfRun(int i, int end) {
        long chunk = segments.chunk(order[i]);
        int runEnd = i + 1;
        while (runEnd < end && segments.chunk(order[runEnd]) == chunk) {
            runEnd++;
        }
        return runEnd;
    }

    private void fill(int first, int end) {
        for (int i = first; i < end; i++) {
            int piece = order[i];
            into.fill(array.metadata().fillBits(), segments.to(piece), segments.to(piece) + segments.length(piece));
        }
    }

    private void decode(ByteSlice encoded, int first, int end, String key, int chunk) {
        int whole = -1;
        for (int i = first; i < end && whole < 0; i++) {
            whole = segments.length(order[i]) == grid.chunkElements ? i : -1;
        }
        Values source = into;
        int base;
        if (whole >= 0) {
            base = segments.to(order[whole]);
        } else {
            if (partial == null) {
                partial = Values.allocate(array.type(), grid.chunkElements);
            }
            source = partial;
            base = 0;
        }
        if (scratch == null && codecs.needsScratch(array.type())) {
            scratch = Values.allocate(
                            DataType.UINT8, grid.chunkElements * array.type().bytes())
                    .bytes();
        }
        try {
            codecs.decode(encoded, source, base, grid.chunkElements, scratch);
        } catch (MalformedDataException e) {
            throw new HoxException(array.where(key) + ", chunk " + chunk + ": " + e.getMessage(), e);
        }
        for (int i = first; i < end; i++) {
            if (i != whole) {
                int piece = order[i];
                into.copyFrom(source, base + segments.from(piece), segments.to(piece), segments.length(piece));
            }
        }
    }
}
