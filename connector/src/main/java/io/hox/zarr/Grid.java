package io.hox.zarr;

import io.hox.HoxException;

/**
 * How an array is cut: into shards, and these into inner chunks. An array that is not sharded has shards of one chunk.
 *
 * <p>Every chunk has a number: that of its shard, in C order, times the chunks of a shard, plus its number in the shard.
 */
final class Grid {
    final long[] shape;
    final int[] chunk;
    /** Chunks of a shard along each axis. */
    final int[] perShard;
    /** Shards along each axis. */
    final long[] shards;

    final int chunkElements;
    final int chunksPerShard;

    Grid(long[] shape, int[] chunk, int[] perShard) {
        this.shape = shape;
        this.chunk = chunk;
        this.perShard = perShard;
        this.shards = new long[shape.length];
        long elements = 1;
        int inChunk = 1;
        int inShard = 1;
        long allShards = 1;
        try {
            for (int k = 0; k < shape.length; k++) {
                elements = Math.multiplyExact(elements, shape[k]);
                inChunk = Math.multiplyExact(inChunk, chunk[k]);
                inShard = Math.multiplyExact(inShard, perShard[k]);
                long shard = (long) chunk[k] * perShard[k];
                shards[k] = shape[k] / shard + (shape[k] % shard == 0 ? 0 : 1);
                allShards = Math.multiplyExact(allShards, shards[k]);
            }
            Math.multiplyExact(allShards, (long) inShard);
        } catch (ArithmeticException e) {
            throw new HoxException("the array is too large to be addressed: more than 2^63 elements", e);
        }
        this.chunkElements = inChunk;
        this.chunksPerShard = inShard;
    }

    /** Elements of the array. */
    long elements() {
        long n = 1;
        for (long length : shape) {
            n *= length;
        }
        return n;
    }

    /** The elements of one position of axis 0. */
    long rowElements() {
        long n = 1;
        for (int k = 1; k < shape.length; k++) {
            n *= shape[k];
        }
        return n;
    }

    /** Whether no chunk or shard ends within a row, so that rows lie in chunks as in the array. */
    boolean hasWholeRows() {
        return wholeFrom() <= 1;
    }

    /** The first axis from which on no axis is cut. */
    private int wholeFrom() {
        int k = shape.length;
        while (k > 0 && chunk[k - 1] == shape[k - 1] && perShard[k - 1] == 1) {
            k--;
        }
        return k;
    }

    /**
     * The same grid with fewer axes: those that are not cut and whose box is the whole axis become part of the axis
     * before. Chunk numbers stay what they are.
     *
     * @return the number of axes left; {@code min} and {@code max} are rewritten to fit
     */
    int flatten(long[] min, long[] max, long[] flatShape, int[] flatChunk, int[] flatPerShard) {
        int rank = 0;
        for (int k = 0; k < shape.length; k++) {
            boolean whole = chunk[k] == shape[k] && perShard[k] == 1 && min[k] == 0 && max[k] == shape[k];
            if (whole && rank > 0) {
                min[rank - 1] *= shape[k];
                max[rank - 1] *= shape[k];
                flatShape[rank - 1] *= shape[k];
                flatChunk[rank - 1] *= chunk[k];
            } else {
                min[rank] = min[k];
                max[rank] = max[k];
                flatShape[rank] = shape[k];
                flatChunk[rank] = chunk[k];
                flatPerShard[rank] = perShard[k];
                rank++;
            }
        }
        return rank;
    }

    /** The coordinates of a shard. */
    long[] shardCoordinates(long shard) {
        long[] coordinates = new long[shape.length];
        long rest = shard;
        for (int k = shape.length - 1; k >= 0; k--) {
            coordinates[k] = rest % shards[k];
            rest /= shards[k];
        }
        return coordinates;
    }
}
