package io.hox.index;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.Partitioner;

/**
 * Where all entries of a wave go. A block is a shard of one of its groups; blocks are numbered group by group, and
 * neighbouring ones are written by one task.
 */
final class WaveLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ColumnLayout[] layouts;
    private final int[] firstBlock;
    private final int[] taskOfBlock;

    /**
     * @param layouts by group; null for groups that are not written
     * @param taskEntries entries that a task should write at least
     */
    WaveLayout(ColumnLayout[] layouts, long taskEntries) {
        this.layouts = layouts;
        this.firstBlock = new int[layouts.length + 1];
        for (int group = 0; group < layouts.length; group++) {
            int shards = layouts[group] == null ? 0 : layouts[group].shards();
            firstBlock[group + 1] = Math.addExact(firstBlock[group], shards);
        }
        this.taskOfBlock = new int[blocks()];
        int task = 0;
        long entries = 0;
        for (int block = 0; block < taskOfBlock.length; block++) {
            ColumnLayout layout = layouts[groupOf(block)];
            if (entries >= taskEntries) {
                task++;
                entries = 0;
            }
            taskOfBlock[block] = task;
            entries += layout.shardEnd(shardOf(block)) - layout.shardStart(shardOf(block));
        }
    }

    /** The layout of a group; null when it is not written. */
    ColumnLayout of(int group) {
        return layouts[group];
    }

    int blocks() {
        return firstBlock[firstBlock.length - 1];
    }

    int block(int group, int shard) {
        return firstBlock[group] + shard;
    }

    int groupOf(int block) {
        int at = Arrays.binarySearch(firstBlock, block);
        int group = at < 0 ? -at - 2 : at;
        // Groups without blocks begin where the next one does.
        while (firstBlock[group + 1] == block) {
            group++;
        }
        return group;
    }

    int shardOf(int block) {
        return block - firstBlock[groupOf(block)];
    }

    /** Sends runs to the tasks that write their blocks. */
    Partitioner partitioner() {
        return new BlockPartitioner(taskOfBlock);
    }

    /** A run's key: blocks in order, and in each the runs by their first row. */
    static long key(int block, int firstRow) {
        return (long) block << Integer.SIZE | firstRow & 0xffffffffL;
    }

    /** The block of a key. */
    static int blockOf(long key) {
        return (int) (key >>> Integer.SIZE);
    }

    private static final class BlockPartitioner extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int[] taskOfBlock;

        BlockPartitioner(int[] taskOfBlock) {
            this.taskOfBlock = taskOfBlock;
        }

        @Override
        public int numPartitions() {
            return taskOfBlock.length == 0 ? 0 : taskOfBlock[taskOfBlock.length - 1] + 1;
        }

        @Override
        public int getPartition(Object key) {
            return taskOfBlock[blockOf((Long) key)];
        }
    }
}
