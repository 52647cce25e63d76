package io.hox.zarr;

import io.hox.store.ObjectStore;
import java.util.List;

/** Reads the chunks of a local store when they are wanted. */
record ChunksHere(ZarrHierarchy hierarchy, ReadPlan plan, List<ShardPieces> shards) implements ChunkFeed {

    @Override
    public void feed(int shard, ChunkDecoder decoder) {
        ShardPieces pieces = shards.get(shard);
        ObjectStore store = hierarchy.store();
        if (plan.array().metadata().isSharded()) {
            pieces.locate(hierarchy.shardIndex(plan.array(), pieces.shard(), pieces.key()));
            pieces.fillAbsent(decoder);
            if (pieces.ranges().length > 0) {
                store.readRanges(
                        pieces.key(),
                        pieces.object(),
                        pieces.ranges(),
                        (range, bytes) -> pieces.accept(range, bytes, decoder));
            }
        } else {
            long start = System.nanoTime();
            byte[] bytes = store.readOrNull(pieces.key(), plan.maxEncoded());
            ChunkFeed.takeObject(pieces, bytes, decoder, store.counter(), start);
        }
    }

    @Override
    public void close() {
        // Nothing is under way between two shards.
    }
}
