package io.hox.ingest;

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
import org.apache.spark.util.LongAccumulator;

/** Runs tasks as Spark jobs. Thread-safe: each dataset runs jobs of its own. */
final class TaskRunner {
    private static final long QUIET_MILLIS = 20;
    private static final int QUIET_TRIES = 3_000;

    private final SparkContext spark;
    private final String jobId;
    private final JobProgress progress;
    private final boolean speculation;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    /** A Spark job under way and the messages of its tasks that failed. */
    private record Run(String group, CollectionAccumulator<String> failures) {}

    TaskRunner(SparkContext spark, String jobId, JobProgress progress) {
        this.spark = spark;
        this.jobId = jobId;
        this.progress = progress;
        this.speculation = spark.conf().getBoolean("spark.speculation", false);
    }

    /**
     * Runs tasks; when it returns, none of them runs any more, whatever became of them.
     *
     * @param group names the dataset among those of all jobs
     * @param description for Spark's user interface
     * @return the results in the order of the tasks
     * @throws HoxException of the first task that failed with one: its cause would stay, so it is not tried again
     */
    <R extends Serializable> List<R> run(String group, String description, List<? extends IngestTask<R>> tasks) {
        if (tasks.isEmpty()) {
            return List.of();
        }
        Run run = new Run(jobId + " " + group, spark.collectionAccumulator());
        spark.setJobGroup(run.group(), description, false);
        running.add(run);
        List<byte[]> outcomes;
        try {
            outcomes = collect(run, tasks);
            if (speculation) {
                awaitQuiet(run.group());
            }
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
        List<R> results = new ArrayList<>(outcomes.size());
        for (byte[] bytes : outcomes) {
            Outcome<R> outcome = Serialized.read(bytes);
            if (outcome.failure() != null) {
                throw new HoxException(outcome.failure());
            }
            results.add(outcome.result());
        }
        return results;
    }

    private List<byte[]> collect(Run run, List<? extends IngestTask<?>> tasks) {
        List<Integer> numbers = IntStream.range(0, tasks.size()).boxed().toList();
        byte[] all = Serialized.of(new ArrayList<>(tasks));
        String id = jobId;
        CollectionAccumulator<String> failures = run.failures();
        LongAccumulator[] sums = progress.sums();
        // Tasks need no SQL, whose planner and code generator take two seconds of a new JVM.
        return JavaSparkContext.fromSparkContext(spark)
                .parallelize(numbers, tasks.size())
                .map(number -> runOne(id, all, number, sums, failures))
                .collect();
    }

    private record Outcome<R extends Serializable>(R result, String failure) implements Serializable {}

    private static byte[] runOne(
            String jobId, byte[] all, int number, LongAccumulator[] sums, CollectionAccumulator<String> failures) {
        ArrayList<IngestTask<?>> tasks = Serialized.read(all);
        TaskCount count = JobProgress.begin(jobId);
        Outcome<?> outcome;
        try {
            outcome = new Outcome<>(tasks.get(number).run(count), null);
            sums[0].add(tasks.get(number) instanceof PieceTask ? 1 : 0);
            sums[1].add(count.cells());
            sums[2].add(count.entries());
        } catch (HoxException e) {
            outcome = new Outcome<>(null, e.getMessage());
            failures.add(e.getMessage());
        } catch (OutOfMemoryError e) {
            // As an error it would end the executor and all that runs there.
            throw new IllegalStateException("a task ran out of memory (" + e.getMessage()
                    + "); give executors more memory or" + " fewer cores, or tasks less memory");
        } finally {
            JobProgress.end(jobId, count);
        }
        return Serialized.of(outcome);
    }

    /** Ends the jobs of which a task has failed: the rest of their tasks would work for nothing. */
    void cancelFailed() {
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
