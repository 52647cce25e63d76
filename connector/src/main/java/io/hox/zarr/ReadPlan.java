package io.hox.zarr;

import java.util.ArrayList;
import java.util.List;

/** The pieces of chunks that one read wants of an array, in the order of the chunks. */
final class ReadPlan {
    private final ZarrArray array;
    private final Segments segments;
    private final int[] order;
    private final int elements;
    private final int maxEncoded;

    /** @param elements how many the read returns */
    ReadPlan(ZarrArray array, Segments segments, int elements) {
        this.array = array;
        this.segments = segments;
        this.order = segments.byChunk();
        this.elements = elements;
        this.maxEncoded = CodecChain.maxEncoded(
                array.metadata().grid().chunkElements * array.type().bytes());
    }

    ZarrArray array() {
        return array;
    }

    Segments segments() {
        return segments;
    }

    int elements() {
        return elements;
    }

    /** The largest size that an encoded chunk can have. */
    int maxEncoded() {
        return maxEncoded;
    }

    /** The position in the segments of the piece that is number {@code i} by chunk. */
    int piece(int i) {
        return order[i];
    }

    /** The number of the chunk of a piece, counted through all shards. */
    long chunk(int i) {
        return segments.chunk(order[i]);
    }

    /** The end of the pieces that belong to the chunk of piece {@code i}. */
    int endOfChunk(int i) {
        long chunk = chunk(i);
        int end = i + 1;
        while (end < order.length && chunk(end) == chunk) {
            end++;
        }
        return end;
    }

    /** The parts of this read, shard by shard. */
    List<ShardPieces> shards() {
        int chunksPerShard = array.metadata().grid().chunksPerShard;
        List<ShardPieces> shards = new ArrayList<>();
        int first = 0;
        while (first < order.length) {
            long shard = chunk(first) / chunksPerShard;
            long beyond = (shard + 1) * chunksPerShard;
            int end = first + 1;
            while (end < order.length && chunk(end) < beyond) {
                end++;
            }
            shards.add(new ShardPieces(this, shard, first, end));
            first = end;
        }
        return shards;
    }
}
