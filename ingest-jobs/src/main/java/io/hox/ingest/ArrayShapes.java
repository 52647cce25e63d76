package io.hox.ingest;

import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ChunkSizes;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import java.io.Serializable;

/**
 * How the arrays of a group are cut.
 *
 * @param chunk elements of an inner chunk
 * @param shard elements of a shard, a multiple of the chunk's
 */
record ArrayShapes(int chunk, long shard) implements Serializable {
    static final ArrayShapes DEFAULT = new ArrayShapes(ChunkSizes.SPARSE_CHUNK, ChunkSizes.SPARSE_SHARD);

    /** A flat array of {@code elements} elements. */
    ArrayMetadata flat(DataType type, Compression compression, long elements) {
        return ArrayMetadata.sharded(type, new long[] {elements}, new int[] {chunk}, new long[] {shard}, compression);
    }

    /** An array of {@code rows} rows of {@code features} elements. */
    ArrayMetadata rows(DataType type, Compression compression, long rows, int features) {
        long[] shape = {rows, features};
        int[] chunkShape = {chunkRows(features), features};
        long[] shardShape = {shardRows(features), features};
        return ArrayMetadata.sharded(type, shape, chunkShape, shardShape, compression);
    }

    /** Rows of a shard of such an array. */
    long shardRows(int features) {
        long chunkRows = chunkRows(features);
        long rows = Math.max(1, shard / Math.max(1, features));
        return Math.max(chunkRows, rows / chunkRows * chunkRows);
    }

    private int chunkRows(int features) {
        return Math.max(1, chunk / Math.max(1, features));
    }
}
