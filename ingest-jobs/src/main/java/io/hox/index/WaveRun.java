package io.hox.index;

import io.hox.HoxException;
import io.hox.job.TaskRunner;
import io.hox.job.TaskTotals;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;

/**
 * Writes the copies of a wave of groups: one Spark job counts the entries of every feature, a second one, where shards end
 * inside of features, those features' entries by ranges of rows, and a third one writes the shards.
 */
final class WaveRun {
    /** A task that writes shards should have as much to do as it takes to be worth it. */
    private static final long LEAST_TASK = 1 << 20;

    private final Wave wave;
    private final long[] rows;
    private final TaskRunner runner;
    private final TaskTotals totals;
    private final String name;
    private final Map<Integer, String> failures = new HashMap<>();
    private final Map<Integer, BlockWriter.Part> parts = new HashMap<>();
    private final long[][] pointers;

    /**
     * @param rows of each group
     * @param name of the wave, for Spark's user interface
     */
    WaveRun(Wave wave, long[] rows, TaskRunner runner, TaskTotals totals, String name) {
        this.wave = wave;
        this.rows = rows;
        this.runner = runner;
        this.totals = totals;
        this.name = name;
        this.pointers = new long[rows.length][];
    }

    /** Writes all shards; groups that fail do not keep the others from it. */
    void run() {
        runner.submit(name, "hox index: write copies of " + name, (context, ignored) -> {
            Broadcast<Wave> shared = context.broadcast(wave);
            try {
                write(context, shared);
            } finally {
                shared.destroy();
            }
            return null;
        });
    }

    /** Why a group has no copy; null when all of it was written. */
    String failure(int group) {
        return failures.get(group);
    }

    /** Where each of a group's features begins in its copy; one number more than features. */
    long[] pointers(int group) {
        return pointers[group];
    }

    /** Bytes of a group's shards. */
    long bytes(int group) {
        return parts.getOrDefault(group, new BlockWriter.Part(0, 0)).bytes();
    }

    private void write(JavaSparkContext context, Broadcast<Wave> shared) {
        TaskTotals.Sums sums = totals.sums();
        context.setJobDescription("hox index: count the entries of each feature of " + name);
        Counts counts = EntryCounts.byFeature(context, shared, sums);
        fail(counts.failures());
        for (int group = 0; group < rows.length; group++) {
            GroupCopy copy = wave.groups().get(group);
            pointers[group] = pointers(counts.of(group, copy.features()));
            if (pointers[group][copy.features()] != copy.entries()) {
                failures.putIfAbsent(group, "its arrays changed while they were copied");
            }
        }
        WaveLayout layout = layout(context, shared, sums);
        if (layout.blocks() == 0) {
            return;
        }
        context.setJobDescription("hox index: write " + layout.blocks() + " shards of " + name);
        Broadcast<WaveLayout> sharedLayout = context.broadcast(layout);
        CollectionAccumulator<GroupFailure> unread = new CollectionAccumulator<>();
        context.sc().register(unread);
        try {
            for (BlockWriter.Written written : CopyWriter.write(context, shared, sharedLayout, unread, sums)) {
                fail(unread.value());
                fail(written.failures());
                written.parts().forEach((group, part) -> parts.merge(group, part, BlockWriter.Part::plus));
            }
        } finally {
            sharedLayout.destroy();
        }
        checkComplete(layout);
    }

    private void fail(List<GroupFailure> some) {
        some.forEach(failure -> failures.putIfAbsent(failure.group(), failure.message()));
    }

    private static long[] pointers(long[] counts) {
        long[] pointers = new long[counts.length + 1];
        for (int i = 0; i < counts.length; i++) {
            pointers[i + 1] = pointers[i] + counts[i];
        }
        return pointers;
    }

    private WaveLayout layout(JavaSparkContext context, Broadcast<Wave> shared, TaskTotals.Sums sums) {
        int[][] cut = new int[rows.length][];
        int[] shifts = new int[rows.length];
        for (int group = 0; group < rows.length; group++) {
            boolean failed = failures.containsKey(group);
            cut[group] = failed
                    ? new int[0]
                    : ColumnLayout.cutFeatures(pointers[group], wave.shapes().shard());
            shifts[group] = ColumnLayout.bucketShift(rows[group]);
        }
        Counts buckets = Counts.none(rows.length);
        if (Arrays.stream(cut).anyMatch(features -> features.length > 0)) {
            context.setJobDescription("hox index: find the borders of the shards of " + name);
            buckets = EntryCounts.byRows(context, shared, cut, shifts, sums);
            fail(buckets.failures());
        }
        ColumnLayout[] layouts = new ColumnLayout[rows.length];
        long entries = 0;
        for (int group = 0; group < rows.length; group++) {
            if (!failures.containsKey(group)) {
                layouts[group] = layout(group, cut[group], buckets);
                entries += wave.groups().get(group).entries();
            }
        }
        long even = entries / (2L * context.defaultParallelism());
        return new WaveLayout(
                layouts, Math.max(LEAST_TASK, Math.min(even, wave.shapes().shard())));
    }

    private ColumnLayout layout(int group, int[] cut, Counts buckets) {
        try {
            long[] found = buckets.of(group, cut.length * ColumnLayout.BUCKETS);
            return ColumnLayout.of(rows[group], pointers[group], wave.shapes().shard(), cut, found);
        } catch (HoxException e) {
            failures.put(group, e.getMessage());
            return null;
        }
    }

    private void checkComplete(WaveLayout layout) {
        for (int group = 0; group < rows.length; group++) {
            int shards = layout.of(group) == null ? 0 : layout.of(group).shards();
            if (parts.getOrDefault(group, new BlockWriter.Part(0, 0)).shards() != shards) {
                failures.putIfAbsent(group, "its arrays changed while they were copied");
            }
        }
    }
}
