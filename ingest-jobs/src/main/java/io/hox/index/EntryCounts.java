package io.hox.index;

import io.hox.job.TaskCount;
import io.hox.job.TaskRunner;
import io.hox.job.TaskTotals;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The Spark jobs that count a wave's entries; their results are added up on the way, so the driver gets few of them. */
final class EntryCounts {
    private EntryCounts() {}

    /** By feature. */
    static Counts byFeature(JavaSparkContext context, Broadcast<Wave> wave, TaskTotals.Sums sums) {
        return sum(context, wave, null, null, sums);
    }

    /** Of chosen features by rows, see {@link EntryCounter#byRows}. */
    static Counts byRows(
            JavaSparkContext context, Broadcast<Wave> wave, int[][] chosen, int[] shifts, TaskTotals.Sums sums) {
        return sum(context, wave, chosen, shifts, sums);
    }

    private static Counts sum(
            JavaSparkContext context, Broadcast<Wave> wave, int[][] chosen, int[] shifts, TaskTotals.Sums sums) {
        List<Integer> numbers =
                IntStream.range(0, wave.value().tasks().size()).boxed().toList();
        return context.parallelize(numbers, numbers.size())
                .map(task -> count(wave.value(), chosen, shifts, task, sums))
                .treeReduce(Counts::plus);
    }

    private static Counts count(Wave wave, int[][] chosen, int[] shifts, int task, TaskTotals.Sums sums) {
        TaskCount progress = sums.begin();
        try {
            EntryCounter counter =
                    chosen == null ? EntryCounter.byFeature(wave) : EntryCounter.byRows(wave, chosen, shifts);
            Counts counts = counter.count(task, progress);
            sums.add(progress, true);
            return counts;
        } catch (OutOfMemoryError e) {
            throw TaskRunner.outOfMemory(e);
        } finally {
            sums.end(progress);
        }
    }
}
