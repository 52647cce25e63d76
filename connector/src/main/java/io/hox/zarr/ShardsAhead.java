package io.hox.zarr;

import io.hox.store.FetchWindow;
import io.hox.store.Futures;
import io.hox.store.RangeRead;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sends the requests of a read before their bytes are wanted: for the indexes of the next shards, and as these arrive,
 * shard by shard, for the chunks. Nobody waits for an index but who wants the shard.
 */
final class ShardsAhead implements ChunkFeed {
    /** Shards whose indexes are asked for before their turn. */
    private static final int SHARDS = 32;

    private final ZarrHierarchy hierarchy;
    private final ReadPlan plan;
    private final List<ShardPieces> shards;
    private final List<CompletableFuture<ShardIndex>> indexes = new ArrayList<>();
    private final List<CompletableFuture<RangeRead>> reads = new ArrayList<>();
    private final FetchWindow window = new FetchWindow();
    private int located;
    private int taken;
    private boolean closed;

    private ShardsAhead(ZarrHierarchy hierarchy, ReadPlan plan, List<ShardPieces> shards) {
        this.hierarchy = hierarchy;
        this.plan = plan;
        this.shards = shards;
        shards.forEach(shard -> reads.add(new CompletableFuture<>()));
    }

    static ShardsAhead start(ZarrHierarchy hierarchy, ReadPlan plan, List<ShardPieces> shards) {
        ShardsAhead ahead = new ShardsAhead(hierarchy, plan, shards);
        ahead.advance();
        return ahead;
    }

    /** Asks for what may be asked for by now. Called again with every index that arrives and every shard taken. */
    private synchronized void advance() {
        while (!closed && indexes.size() < Math.min(shards.size(), taken + SHARDS)) {
            ShardPieces pieces = shards.get(indexes.size());
            CompletableFuture<ShardIndex> index = hierarchy.startShardIndex(plan.array(), pieces.shard(), pieces.key());
            indexes.add(index);
            if (!index.isDone()) {
                index.whenComplete((arrived, failure) -> advance());
            }
        }
        while (!closed && located < indexes.size() && indexes.get(located).isDone()) {
            int shard = located++;
            try {
                reads.get(shard).complete(send(shards.get(shard), Futures.await(indexes.get(shard))));
            } catch (Throwable e) {
                // This may be a thread of the pool: whoever wants the shard has to hear of it.
                reads.get(shard).completeExceptionally(e);
            }
        }
    }

    private RangeRead send(ShardPieces pieces, ShardIndex index) {
        pieces.locate(index);
        if (pieces.ranges().length == 0) {
            return null;
        }
        RangeRead read = hierarchy.store().plan(pieces.key(), pieces.object(), pieces.ranges());
        window.add(read);
        return read;
    }

    @Override
    public void feed(int shard, ChunkDecoder decoder) {
        long start = System.nanoTime();
        RangeRead read = Futures.await(reads.get(shard));
        hierarchy.store().counter().took(System.nanoTime() - start, 0);
        ShardPieces pieces = shards.get(shard);
        pieces.fillAbsent(decoder);
        if (read != null) {
            window.deliver(read, (range, bytes) -> pieces.accept(range, bytes, decoder));
        }
        synchronized (this) {
            taken++;
        }
        advance();
    }

    @Override
    public synchronized void close() {
        closed = true;
        window.close();
        reads.forEach(read -> read.cancel(false));
    }
}
