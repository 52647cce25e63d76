package io.hox.zarr;

import io.hox.store.Futures;
import io.hox.store.ObjectStore;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks for objects of one chunk each before they are wanted. */
final class ObjectsAhead implements ChunkFeed {
    /** Objects under way at most, and the bytes that they may have. */
    private static final int OBJECTS = 32;

    private static final long BYTES = 64L << 20;

    private final ObjectStore store;
    private final ReadPlan plan;
    private final List<ShardPieces> shards;
    private final ArrayDeque<CompletableFuture<byte[]>> underWay = new ArrayDeque<>();
    private final int ahead;
    private int asked;
    private boolean closed;

    private ObjectsAhead(ObjectStore store, ReadPlan plan, List<ShardPieces> shards) {
        this.store = store;
        this.plan = plan;
        this.shards = shards;
        this.ahead = (int) Math.max(1, Math.min(OBJECTS, BYTES / plan.maxEncoded()));
    }

    static ObjectsAhead start(ObjectStore store, ReadPlan plan, List<ShardPieces> shards) {
        ObjectsAhead objects = new ObjectsAhead(store, plan, shards);
        objects.ask();
        return objects;
    }

    private synchronized void ask() {
        while (!closed && underWay.size() < ahead && asked < shards.size()) {
            String key = shards.get(asked++).key();
            underWay.add(store.later(() -> store.readOrNull(key, plan.maxEncoded())));
        }
    }

    @Override
    public void feed(int shard, ChunkDecoder decoder) {
        long start = System.nanoTime();
        byte[] bytes = Futures.await(next());
        ask();
        ChunkFeed.takeObject(shards.get(shard), bytes, decoder, store.counter(), start);
    }

    private synchronized CompletableFuture<byte[]> next() {
        return closed ? Futures.givenUp() : underWay.remove();
    }

    @Override
    public synchronized void close() {
        closed = true;
        underWay.forEach(object -> object.cancel(false));
        underWay.clear();
    }
}
