package io.hox.index;

import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import java.io.Serializable;

/**
 * How copies are cut and made. Chunks and shards decide about the bytes, the rest does not.
 *
 * @param chunk elements of an inner chunk
 * @param shard elements of a shard, a multiple of the chunk's; one task writes it
 * @param portion entries that a task sorts at a time, about
 * @param tasks tasks that read cells; 0 = as many as their entries ask for
 */
record CopyShapes(int chunk, long shard, int portion, int tasks) implements Serializable {
    /** A feature seldom has more than some thousand entries in a group: larger chunks would be mostly of others. */
    private static final int CHUNK = 1024;
    /** Some megabytes: the index of a shard, which a reader of one feature fetches as well, has 64 KiB. */
    private static final long SHARD = 4096L * CHUNK;

    static final CopyShapes DEFAULT = new CopyShapes(CHUNK, SHARD, 1 << 20, 0);

    /** Offsets in a chunk: few enough that one feature's cost little, many enough that all of them do. */
    private static final int POINTERS_CHUNK = 4096;

    /** A flat array of {@code elements} elements. */
    ArrayMetadata flat(DataType type, Compression compression, long elements) {
        return ArrayMetadata.sharded(type, new long[] {elements}, new int[] {chunk}, new long[] {shard}, compression);
    }

    /** The array of a group's offsets, in one shard. */
    static ArrayMetadata pointers(DataType type, Compression compression, long elements) {
        int pointersChunk = (int) Math.min(POINTERS_CHUNK, elements);
        long pointersShard = (elements + pointersChunk - 1) / pointersChunk * pointersChunk;
        return ArrayMetadata.sharded(
                type, new long[] {elements}, new int[] {pointersChunk}, new long[] {pointersShard}, compression);
    }
}
