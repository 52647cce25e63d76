package io.hox.zarr;

import io.hox.store.ByteRange;
import io.hox.store.ByteSlice;
import io.hox.store.StoredObject;
import java.util.Arrays;

/** What a read wants of one shard: which chunks, and where these lie once the index of the shard is known. */
final class ShardPieces {
    private final ReadPlan plan;
    private final long shard;
    private final String key;
    private final int first;
    private final int end;

    /** The first piece of every chunk that was stored, by range; of every chunk that was not. */
    private int[] stored = new int[16];

    private int[] absent = new int[16];
    private int absentCount;
    private ByteRange[] ranges = new ByteRange[16];
    private StoredObject object;

    /** The pieces {@code first} .. {@code end - 1} of the plan. */
    ShardPieces(ReadPlan plan, long shard, int first, int end) {
        this.plan = plan;
        this.shard = shard;
        this.key = plan.array().shardKey(shard);
        this.first = first;
        this.end = end;
    }

    long shard() {
        return shard;
    }

    String key() {
        return key;
    }

    /** Where the stored chunks lie, by their numbers; after {@link #locate}. */
    ByteRange[] ranges() {
        return ranges;
    }

    /** What holds the ranges; null when there are none. */
    StoredObject object() {
        return object;
    }

    /** Finds the chunks. */
    void locate(ShardIndex index) {
        object = index.object();
        int chunksPerShard = plan.array().metadata().grid().chunksPerShard;
        int count = 0;
        for (int i = first; i < end; i = plan.endOfChunk(i)) {
            ByteRange range = index.range((int) (plan.chunk(i) % chunksPerShard), plan.maxEncoded());
            if (range == null) {
                if (absentCount == absent.length) {
                    absent = Arrays.copyOf(absent, 2 * absentCount);
                }
                absent[absentCount++] = i;
            } else {
                if (count == ranges.length) {
                    stored = Arrays.copyOf(stored, 2 * count);
                    ranges = Arrays.copyOf(ranges, 2 * count);
                }
                stored[count] = i;
                ranges[count++] = range;
            }
        }
        ranges = Arrays.copyOf(ranges, count);
    }

    /** Fills what was not stored. */
    void fillAbsent(ChunkDecoder decoder) {
        for (int i = 0; i < absentCount; i++) {
            decoder.fill(absent[i], plan.endOfChunk(absent[i]));
        }
    }

    /** Takes the bytes of one of the ranges. */
    void accept(int range, ByteSlice bytes, ChunkDecoder decoder) {
        int piece = stored[range];
        int chunk = (int) (plan.chunk(piece) % plan.array().metadata().grid().chunksPerShard);
        decoder.decode(bytes, piece, plan.endOfChunk(piece), key, chunk);
    }

    /** Takes the only chunk of an object that is no shard; null when there is no such object. */
    void acceptObject(byte[] bytes, ChunkDecoder decoder) {
        if (bytes == null) {
            decoder.fill(first, end);
        } else {
            decoder.decode(new ByteSlice(bytes, 0, bytes.length), first, end, key, 0);
        }
    }
}
