package io.hox.zarr;

/** The sizes that the reference gives to new arrays. */
public final class ChunkSizes {
    /** Elements of an inner chunk of a 1-D array. */
    public static final int SPARSE_CHUNK = 40_960;
    /** Elements of a shard of a 1-D array: 1,024 chunks. */
    public static final long SPARSE_SHARD = 1_024L * SPARSE_CHUNK;

    private ChunkSizes() {}

    /** Rows of an inner chunk of a dense array whose rows have {@code rowElements} elements. */
    static int denseChunkRows(long rowElements) {
        return (int) Math.max(1, SPARSE_CHUNK / Math.max(1, rowElements));
    }

    /** Rows of a shard of such an array: a multiple of the chunk's. */
    static long denseShardRows(long rowElements) {
        long chunkRows = denseChunkRows(rowElements);
        long shardRows = Math.max(1, SPARSE_SHARD / Math.max(1, rowElements));
        return Math.max(chunkRows, shardRows / chunkRows * chunkRows);
    }
}
