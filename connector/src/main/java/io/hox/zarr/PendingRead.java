package io.hox.zarr;

import java.util.List;

/**
 * A read that was started. From remote stores its bytes are on their way (at most 64 MiB ahead of what was decoded);
 * local files are read, without threads, when the values are asked for. Chunks are decoded by the thread that asks for
 * the values. One thread at a time uses it; every thread may close it.
 */
public final class PendingRead implements AutoCloseable {
    private final ReadPlan plan;
    private final ZarrHierarchy hierarchy;
    private final List<ShardPieces> shards;
    private final ChunkFeed feed;
    private boolean taken;

    private PendingRead(ZarrHierarchy hierarchy, ReadPlan plan) {
        this.hierarchy = hierarchy;
        this.plan = plan;
        this.shards = plan.shards();
        this.feed = ChunkFeed.start(hierarchy, plan, shards);
    }

    static PendingRead start(ZarrHierarchy hierarchy, ReadPlan plan) {
        return new PendingRead(hierarchy, plan);
    }

    /** The number of elements. */
    public int length() {
        return plan.elements();
    }

    /** The values in a buffer of their own. Values can be asked for once. */
    public Values get() {
        Values values = Values.allocate(plan.array().type(), plan.elements());
        into(values, 0);
        return values;
    }

    /**
     * Puts the values into a buffer from position {@code at} on, and closes the read. Values can be asked for once.
     *
     * @throws IllegalArgumentException when the buffer holds another type or is too small
     * @throws io.hox.HoxException when a request fails, chunks are damaged, or the read was closed
     */
    public void into(Values into, int at) {
        DataType type = plan.array().type();
        if (into.type() != type) {
            throw new IllegalArgumentException(
                    "a buffer of " + into.type().zarrName() + " cannot take " + type.zarrName());
        }
        if (at < 0 || plan.elements() > into.length() - at) {
            throw new IllegalArgumentException(
                    plan.elements() + " values do not fit into the buffer of " + into.length() + " elements at " + at);
        }
        if (taken) {
            throw new IllegalStateException("the values were asked for before");
        }
        taken = true;
        ChunkDecoder decoder = new ChunkDecoder(plan, into, at);
        try {
            for (int shard = 0; shard < shards.size(); shard++) {
                feed.feed(shard, decoder);
            }
        } catch (RuntimeException e) {
            // What is remembered of the shards may be out of date: the next attempt looks again.
            hierarchy.forget(plan.array());
            throw e;
        } finally {
            close();
            hierarchy.store().counter().decoded(decoder.decoded());
        }
    }

    /** Gives up what is still on its way; does nothing where nothing is. */
    @Override
    public void close() {
        feed.close();
    }
}
