package io.hox.ingest;

import io.hox.HoxException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Runs the tasks of a job as one Spark job, a dataset a task, and reports progress meanwhile. */
final class DatasetTasks {
    private static final long REPORT_MILLIS = 500;

    private final SparkSession spark;
    private final String jobId;
    private final IngestProgress progress;

    DatasetTasks(SparkSession spark, String jobId, IngestProgress progress) {
        this.spark = spark;
        this.jobId = jobId;
        this.progress = progress;
    }

    /** The results in the order of the plans. */
    List<DatasetResult> run(List<DatasetPlan> plans) {
        ProgressCounters counters = ProgressCounters.start(jobId);
        ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "hox-ingest-progress");
            thread.setDaemon(true);
            return thread;
        });
        long began = System.nanoTime();
        Runnable report = () -> progress.update(
                counters.datasets(),
                plans.size(),
                counters.cells(),
                counters.entries(),
                (System.nanoTime() - began) / 1e9);
        reporter.scheduleAtFixedRate(report, REPORT_MILLIS, REPORT_MILLIS, TimeUnit.MILLISECONDS);
        try {
            spark.sparkContext().setJobDescription("hox ingest: write " + plans.size() + " datasets");
            return collect(plans);
        } finally {
            spark.sparkContext().setJobDescription(null);
            reporter.shutdownNow();
            report.run();
            ProgressCounters.end(jobId);
        }
    }

    private List<DatasetResult> collect(List<DatasetPlan> plans) {
        List<byte[]> tasks = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            tasks.add(serialized(new Numbered<>(i, plans.get(i))));
        }
        String id = jobId;
        // Tasks need no SQL, whose planner and code generator take two seconds of a new JVM.
        List<byte[]> results = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(tasks, plans.size())
                .map(task -> runOne(id, task))
                .collect();
        DatasetResult[] ordered = new DatasetResult[plans.size()];
        for (byte[] result : results) {
            Numbered<DatasetResult> numbered = deserialized(result);
            ordered[numbered.number()] = numbered.value();
        }
        return List.of(ordered);
    }

    private static byte[] runOne(String jobId, byte[] task) {
        Numbered<DatasetPlan> plan = deserialized(task);
        ProgressCounters counters = ProgressCounters.find(jobId);
        DatasetResult result;
        try {
            result = new DatasetTask(plan.value(), counters).run();
        } catch (HoxException e) {
            // Bad input stays bad: a retry would only repeat it, and the other datasets may be fine.
            result = DatasetResult.failed(e.getMessage());
        }
        counters.datasetDone();
        return serialized(new Numbered<>(plan.number(), result));
    }

    private record Numbered<T extends java.io.Serializable>(int number, T value) implements java.io.Serializable {}

    private static byte[] serialized(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    private static <T extends java.io.Serializable> Numbered<T> deserialized(byte[] bytes) {
        try (ObjectInputStream in = new ContextObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Numbered<T>) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Finds classes where Spark put the job's jar, which is not where the JDK would look. */
    private static final class ContextObjectInputStream extends ObjectInputStream {
        ContextObjectInputStream(ByteArrayInputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(java.io.ObjectStreamClass description)
                throws IOException, ClassNotFoundException {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
