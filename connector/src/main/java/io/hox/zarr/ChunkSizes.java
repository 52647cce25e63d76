package io.hox.zarr;

/** The sizes of new arrays. */
public final class ChunkSizes {
    /** Elements of an inner chunk of a 1-D array, the reference's. */
    public static final int SPARSE_CHUNK = 40_960;
    /**
     * Elements of a shard of a 1-D array: 256 chunks, a quarter of the reference's. A shard is what one task writes: ten
     * million elements keep the tasks of one dataset many, and objects at ten to twenty MB.
     */
    public static final long SPARSE_SHARD = 256L * SPARSE_CHUNK;

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
