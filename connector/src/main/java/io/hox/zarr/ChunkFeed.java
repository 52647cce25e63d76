package io.hox.zarr;

import io.hox.store.RequestCounter;
import java.util.List;

/** Brings the chunks of a read, shard by shard. Used by one thread, and closed by any. */
interface ChunkFeed extends AutoCloseable {
    /** Hands the chunks of a shard to the decoder; shards are asked for in their order, each once. */
    void feed(int shard, ChunkDecoder decoder);

    /** Forgets what is under way. */
    @Override
    void close();

    /** Requests to remote stores are sent at once; local files are read when a shard is asked for. */
    static ChunkFeed start(ZarrHierarchy hierarchy, ReadPlan plan, List<ShardPieces> shards) {
        if (!hierarchy.store().isRemote()) {
            return new ChunksHere(hierarchy, plan, shards);
        }
        return plan.array().metadata().isSharded()
                ? ShardsAhead.start(hierarchy, plan, shards)
                : ObjectsAhead.start(hierarchy.store(), plan, shards);
    }

    /** Decodes the only chunk of an object. */
    static void takeObject(ShardPieces pieces, byte[] bytes, ChunkDecoder decoder, RequestCounter counter, long asked) {
        long arrived = System.nanoTime();
        pieces.acceptObject(bytes, decoder);
        counter.took(arrived - asked, System.nanoTime() - arrived);
    }
}
