package io.hox.job;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks of a job have done. They add it when they are done; those in the driver's JVM are found by the job's id
 * and seen while they run.
 */
public final class TaskTotals implements AutoCloseable {
    private static final Map<String, Set<TaskCount>> RUNNING = new ConcurrentHashMap<>();

    private final String jobId;
    private final LongAccumulator tasks;
    private final LongAccumulator cells;
    private final LongAccumulator entries;
    private long mostCells;
    private long mostEntries;

    /** @param jobId identifies the job among all of the JVM */
    public TaskTotals(SparkContext spark, String jobId) {
        this.jobId = jobId;
        this.tasks = spark.longAccumulator();
        this.cells = spark.longAccumulator();
        this.entries = spark.longAccumulator();
        RUNNING.put(jobId, ConcurrentHashMap.newKeySet());
    }

    /** What executors need of it. */
    public Sums sums() {
        return new Sums(jobId, tasks, cells, entries);
    }

    /** Tasks that are done and counted. */
    public long tasks() {
        return tasks.value();
    }

    /** Cells so far. The number never falls, though a failed task is forgotten. */
    public synchronized long cells() {
        long now = cells.value();
        for (TaskCount count : RUNNING.getOrDefault(jobId, Set.of())) {
            now += count.cells();
        }
        mostCells = Math.max(mostCells, now);
        return mostCells;
    }

    /** Entries so far. The number never falls, though a failed task is forgotten. */
    public synchronized long entries() {
        long now = entries.value();
        for (TaskCount count : RUNNING.getOrDefault(jobId, Set.of())) {
            now += count.entries();
        }
        mostEntries = Math.max(mostEntries, now);
        return mostEntries;
    }

    @Override
    public void close() {
        RUNNING.remove(jobId);
    }

    /** Where a task begins and ends, wherever it runs. */
    public record Sums(String jobId, LongAccumulator tasks, LongAccumulator cells, LongAccumulator entries)
            implements Serializable {
        /** Counts of a task that begins. */
        public TaskCount begin() {
            TaskCount count = new TaskCount();
            Set<TaskCount> running = RUNNING.get(jobId);
            if (running != null) {
                running.add(count);
            }
            return count;
        }

        /** The task of these counts has done its work. @param counted whether it is one of those that are counted */
        public void add(TaskCount count, boolean counted) {
            tasks.add(counted ? 1 : 0);
            cells.add(count.cells());
            entries.add(count.entries());
        }

        /** The task of these counts is over, done or not. */
        public void end(TaskCount count) {
            Set<TaskCount> running = RUNNING.get(jobId);
            if (running != null) {
                running.remove(count);
            }
        }
    }
}
