package io.hox.job;

import io.hox.HoxException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;

/** Runs tasks as Spark jobs. Thread-safe. */
public final class TaskRunner {
    private static final long QUIET_MILLIS = 20;
    private static final int QUIET_TRIES = 3_000;

    private final SparkContext spark;
    private final String jobId;
    private final TaskTotals totals;
    private final boolean speculation;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    /** A Spark job under way and the messages of its tasks that failed. */
    private record Run(String group, CollectionAccumulator<String> failures) {}

    /** @param totals told what tasks have done */
    public TaskRunner(SparkContext spark, String jobId, TaskTotals totals) {
        this.spark = spark;
        this.jobId = jobId;
        this.totals = totals;
        this.speculation = spark.conf().getBoolean("spark.speculation", false);
    }

    /**
     * Runs tasks; when it returns, none of them runs any more, whatever became of them.
     *
     * @param group names what the tasks work on among all that the job works on
     * @param description for Spark's user interface
     * @return the results in the order of the tasks
     * @throws HoxException of the first task that failed with one: its cause would stay, so it is not tried again
     */
    public <R extends Serializable> List<R> run(String group, String description, List<? extends Task<R>> tasks) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        List<R> results = new ArrayList<>(tasks.size());
        for (byte[] bytes : submit(group, description, (context, failures) -> collect(context, tasks, failures))) {
            Outcome<R> outcome = Serialized.read(bytes);
            if (outcome.failure() != null) {
                throw new HoxException(outcome.failure());
            }
            results.add(outcome.result());
        }
        return results;
    }

    /** A Spark job on the driver. */
    @FunctionalInterface
    public interface Action<T> {
        /** @param failures gets the messages of tasks that failed with one, which ends the job early */
        T run(JavaSparkContext context, CollectionAccumulator<String> failures);
    }

    /**
     * Runs a Spark job; when it returns, none of its tasks runs any more, whatever became of them.
     *
     * @param group names what the job works on among all that the runner's jobs work on
     * @param description for Spark's user interface
     * @throws HoxException with the first message of a task
     * @throws IllegalStateException when the job failed in another way
     */
    public <T> T submit(String group, String description, Action<T> action) {
        Run run = new Run(jobId + " " + group, spark.collectionAccumulator());
        spark.setJobGroup(run.group(), description, false);
        running.add(run);
        try {
            T result = action.run(JavaSparkContext.fromSparkContext(spark), run.failures());
            if (speculation) {
                awaitQuiet(run.group());
            }
            return result;
        } catch (Exception e) {
            // Spark throws checked exceptions that it does not declare.
            awaitQuiet(run.group());
            List<String> failures = run.failures().value();
            throw failures.isEmpty()
                    ? new IllegalStateException(FailureCause.of(e), e)
                    : new HoxException(failures.get(0));
        } finally {
            running.remove(run);
            spark.clearJobGroup();
        }
    }

    private List<byte[]> collect(
            JavaSparkContext context, List<? extends Task<?>> tasks, CollectionAccumulator<String> failures) {
        List<Integer> numbers = IntStream.range(0, tasks.size()).boxed().toList();
        byte[] all = Serialized.of(new ArrayList<>(tasks));
        TaskTotals.Sums sums = totals.sums();
        // Tasks need no SQL, whose planner and code generator take two seconds of a new JVM.
        return context.parallelize(numbers, tasks.size())
                .map(number -> runOne(all, number, sums, failures))
                .collect();
    }

    private record Outcome<R extends Serializable>(R result, String failure) implements Serializable {}

    private static byte[] runOne(byte[] all, int number, TaskTotals.Sums sums, CollectionAccumulator<String> failures) {
        ArrayList<Task<?>> tasks = Serialized.read(all);
        Task<?> task = tasks.get(number);
        TaskCount count = sums.begin();
        Outcome<?> outcome;
        try {
            outcome = new Outcome<>(task.run(count), null);
            sums.add(count, task.isCounted());
        } catch (HoxException e) {
            outcome = new Outcome<>(null, e.getMessage());
            failures.add(e.getMessage());
        } catch (OutOfMemoryError e) {
            throw outOfMemory(e);
        } finally {
            sums.end(count);
        }
        return Serialized.of(outcome);
    }

    /** What a task throws in place of the error, which would end the executor and all that runs there. */
    public static IllegalStateException outOfMemory(OutOfMemoryError error) {
        return new IllegalStateException("a task ran out of memory (" + error.getMessage()
                + "); give executors more memory or fewer cores, or tasks less memory");
    }

    /** Ends the jobs of which a task has failed: the rest of their tasks would work for nothing. */
    public void cancelFailed() {
        for (Run run : running) {
            if (!run.failures().isZero()) {
                spark.cancelJobGroup(run.group());
            }
        }
    }

    /** Tasks of a job that was given up may still be writing. */
    private void awaitQuiet(String group) {
        for (int i = 0; i < QUIET_TRIES && isActive(group); i++) {
            try {
                Thread.sleep(QUIET_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean isActive(String group) {
        for (int job : spark.statusTracker().getJobIdsForGroup(group)) {
            scala.Option<org.apache.spark.SparkJobInfo> info =
                    spark.statusTracker().getJobInfo(job);
            if (info.isDefined()) {
                for (int stage : info.get().stageIds()) {
                    scala.Option<org.apache.spark.SparkStageInfo> tasks =
                            spark.statusTracker().getStageInfo(stage);
                    if (tasks.isDefined() && tasks.get().numActiveTasks() > 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
