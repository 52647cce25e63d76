package io.hox.udfs;

import org.apache.spark.SparkEnv;

/** What the states of one task take. */
final class StateMemory {
    /** The hash table's entry and the objects around a state, roughly. */
    private static final long GROUP_BYTES = 512;

    /** Below this number of groups, starting anew would not help. */
    private static final int FEW = 8;

    private static final long LEAST = 32L << 20;
    private static final long MOST = 1L << 30;

    private final long limit;
    private long used;
    private int groups;

    /** @param limit in bytes */
    StateMemory(long limit) {
        this.limit = limit;
    }

    /** A quarter of the heap, shared by as many tasks as run side by side in this JVM. */
    static long limit() {
        int processors = Runtime.getRuntime().availableProcessors();
        int tasks = Math.max(1, SparkEnv.get().conf().getInt("spark.executor.cores", processors));
        return Math.max(LEAST, Math.min(MOST, Runtime.getRuntime().maxMemory() / 4 / tasks));
    }

    void addGroup(long bytes) {
        groups++;
        used += GROUP_BYTES + bytes;
    }

    void add(long bytes) {
        used += bytes;
    }

    boolean isFull() {
        return used > limit && groups > FEW;
    }

    void clear() {
        used = 0;
        groups = 0;
    }
}
