package io.hox.zarr;

/** Cuts a box of an array into pieces of chunks. */
final class BoxPlanner {
    private final int rank;
    private final int[] chunk;
    private final int[] perShard;
    private final long[] shards;
    private final long[] min;
    private final long[] max;
    private final int chunksPerShard;

    /** @param min inclusive, @param max exclusive, one entry per axis, inside the array; both are used up */
    BoxPlanner(Grid grid, long[] min, long[] max) {
        int axes = grid.shape.length;
        long[] flatShape = new long[axes];
        this.chunk = new int[axes];
        this.perShard = new int[axes];
        this.shards = new long[axes];
        this.rank = grid.flatten(min, max, flatShape, chunk, perShard);
        for (int k = 0; k < rank; k++) {
            long shard = (long) chunk[k] * perShard[k];
            shards[k] = flatShape[k] / shard + (flatShape[k] % shard == 0 ? 0 : 1);
        }
        this.min = min;
        this.max = max;
        this.chunksPerShard = grid.chunksPerShard;
    }

    /** Adds the pieces of the box, which goes to {@code target} and on in C order. */
    void plan(Segments segments, int target) {
        if (rank == 0) {
            segments.add(0, 0, target, 1);
            return;
        }
        for (int k = 0; k < rank; k++) {
            if (min[k] >= max[k]) {
                return;
            }
        }
        long[] at = new long[rank];
        System.arraycopy(min, 0, at, 0, rank);
        int last = rank - 1;
        int out = target;
        int axis;
        do {
            out = planLine(segments, at, out);
            for (axis = last - 1; axis >= 0; axis--) {
                if (++at[axis] < max[axis]) {
                    break;
                }
                at[axis] = min[axis];
            }
        } while (axis >= 0);
    }

    /** One line along the last axis. */
    private int planLine(Segments segments, long[] at, int target) {
        int last = rank - 1;
        int out = target;
        for (long x = min[last]; x < max[last]; ) {
            at[last] = x;
            long shardNumber = 0;
            int inShard = 0;
            int inChunk = 0;
            for (int k = 0; k < rank; k++) {
                long c = at[k] / chunk[k];
                shardNumber = shardNumber * shards[k] + c / perShard[k];
                inShard = inShard * perShard[k] + (int) (c % perShard[k]);
                inChunk = inChunk * chunk[k] + (int) (at[k] - c * chunk[k]);
            }
            int n = (int) Math.min(chunk[last] - x % chunk[last], max[last] - x);
            segments.add(shardNumber * chunksPerShard + inShard, inChunk, out, n);
            out += n;
            x += n;
        }
        return out;
    }
}
