package io.hox.ingest;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Running totals of a job, on the driver. Tasks add what they have done when they are done; those in the driver's JVM are
 * found by the job's id and seen while they run.
 */
final class JobProgress {
    /** Before so many seconds nothing is said about the time to go. */
    private static final double SETTLED = 2;

    private static final Map<String, Set<TaskCount>> RUNNING = new ConcurrentHashMap<>();

    private final String jobId;
    private final long datasets;
    private final long began = System.nanoTime();
    private final LongAdder datasetsDone = new LongAdder();
    private final LongAdder datasetsPlanned = new LongAdder();
    private final LongAdder shards = new LongAdder();
    private final LongAdder plannedEntries = new LongAdder();
    private final LongAccumulator shardsDone;
    private final LongAccumulator cells;
    private final LongAccumulator entries;
    private long mostCells;
    private long mostEntries;

    JobProgress(SparkContext spark, String jobId, long datasets) {
        this.jobId = jobId;
        this.datasets = datasets;
        this.shardsDone = spark.longAccumulator();
        this.cells = spark.longAccumulator();
        this.entries = spark.longAccumulator();
        RUNNING.put(jobId, ConcurrentHashMap.newKeySet());
    }

    /** Counts of a task that begins, wherever it runs. */
    static TaskCount begin(String jobId) {
        TaskCount count = new TaskCount();
        Set<TaskCount> running = RUNNING.get(jobId);
        if (running != null) {
            running.add(count);
        }
        return count;
    }

    /** The task of these counts is over. */
    static void end(String jobId, TaskCount count) {
        Set<TaskCount> running = RUNNING.get(jobId);
        if (running != null) {
            running.remove(count);
        }
    }

    /** What tasks add their counts to when they are done. */
    LongAccumulator[] sums() {
        return new LongAccumulator[] {shardsDone, cells, entries};
    }

    void planned(long pieces, long someEntries) {
        datasetsPlanned.increment();
        shards.add(pieces);
        plannedEntries.add(someEntries);
    }

    void datasetDone() {
        datasetsDone.increment();
    }

    /** The totals now. They never fall, though a failed task is forgotten. */
    synchronized IngestProgress.State state() {
        long nowCells = cells.value();
        long nowEntries = entries.value();
        for (TaskCount count : RUNNING.getOrDefault(jobId, Set.of())) {
            nowCells += count.cells();
            nowEntries += count.entries();
        }
        mostCells = Math.max(mostCells, nowCells);
        mostEntries = Math.max(mostEntries, nowEntries);
        double seconds = (System.nanoTime() - began) / 1e9;
        return new IngestProgress.State(
                datasetsDone.sum(),
                datasets,
                Math.min(shardsDone.value(), shards.sum()),
                shards.sum(),
                mostCells,
                mostEntries,
                seconds,
                secondsLeft(seconds));
    }

    /** Datasets that nobody has looked at yet are taken to be as large as the others on average. */
    private double secondsLeft(double seconds) {
        long planned = datasetsPlanned.sum();
        if (seconds < SETTLED || planned == 0 || mostEntries == 0) {
            return Double.NaN;
        }
        double all = plannedEntries.sum() / (double) planned * Math.max(planned, datasets - datasetsDone.sum());
        return Math.max(0, (Math.max(all, plannedEntries.sum()) - mostEntries) * seconds / mostEntries);
    }

    void close() {
        RUNNING.remove(jobId);
    }
}
