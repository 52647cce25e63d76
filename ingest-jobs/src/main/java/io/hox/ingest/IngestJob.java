package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.job.TaskRunner;
import io.hox.job.TaskTotals;
import io.hox.spark.HadoopSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Ingests datasets into an atlas, several at a time, each with as many tasks as it has shards. A dataset is committed as
 * soon as it is complete, and one that can't be ingested does not keep the others out. A dataset that the atlas has is
 * skipped, so a repeated run completes what an interrupted one began.
 */
public final class IngestJob {
    private static final int MOST_AT_ONCE = 16;
    private static final long REPORT_MILLIS = 500;

    private final SparkSession spark;
    private final IngestRequest request;
    private final IngestProgress listener;
    private final ArrayShapes shapes;

    public IngestJob(SparkSession spark, IngestRequest request, IngestProgress listener) {
        this(spark, request, listener, ArrayShapes.DEFAULT);
    }

    /** @param shapes how new arrays are cut */
    IngestJob(SparkSession spark, IngestRequest request, IngestProgress listener, ArrayShapes shapes) {
        this.spark = spark;
        this.request = request;
        this.listener = listener;
        this.shapes = shapes;
    }

    /**
     * Runs the job; one report a dataset, in the order of the request.
     *
     * @throws HoxException when nothing could be ingested whatever the sources hold: no such atlas or table
     */
    public List<DatasetReport> run() {
        AtlasUri uri = AtlasUri.resolve(request.atlas(), request.storeUri());
        Map<String, String> storage = HadoopSettings.of(uri, spark, Map.of());
        try (AtlasWriter atlas = AtlasWriter.open(uri, storage, request.spaces())) {
            return DroppedColumns.once(run(new Target(atlas, request.obsTable())));
        }
    }

    private List<DatasetReport> run(Target target) {
        SparkContext context = spark.sparkContext();
        String jobId = UUID.randomUUID().toString();
        int datasets = request.datasets().size();
        TaskTotals totals = new TaskTotals(context, jobId);
        JobProgress progress = new JobProgress(totals, datasets);
        TaskRunner runner = new TaskRunner(context, jobId, totals);
        DatasetPlanner planner = new DatasetPlanner(target, request.options(), shapes);
        int atOnce = Math.max(1, Math.min(Math.min(MOST_AT_ONCE, datasets), context.defaultParallelism()));
        ExecutorService pool = Executors.newFixedThreadPool(atOnce, daemons("hox-ingest-dataset"));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemons("hox-ingest-progress"));
        try {
            Runnable tick = () -> {
                runner.cancelFailed();
                listener.update(progress.state());
            };
            clock.scheduleAtFixedRate(tick, REPORT_MILLIS, REPORT_MILLIS, TimeUnit.MILLISECONDS);
            List<Callable<DatasetReport>> runs = new ArrayList<>();
            for (int i = 0; i < datasets; i++) {
                String ordinal = "(" + (i + 1) + " of " + datasets + (datasets == 1 ? " dataset)" : " datasets)");
                boolean replace = request.options().replace();
                runs.add(new DatasetRun(
                        spark,
                        target,
                        planner,
                        runner,
                        progress,
                        request.datasets().get(i),
                        replace,
                        ordinal)::run);
            }
            return reports(pool.invokeAll(runs));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoxException("the ingest was interrupted; run it again to complete it", e);
        } finally {
            pool.shutdownNow();
            clock.shutdownNow();
            listener.update(progress.state());
            totals.close();
        }
    }

    private static List<DatasetReport> reports(List<Future<DatasetReport>> futures) throws InterruptedException {
        List<DatasetReport> reports = new ArrayList<>();
        for (Future<DatasetReport> future : futures) {
            try {
                reports.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return reports;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
