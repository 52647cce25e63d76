package io.hox.index;

import io.hox.HoxException;
import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasView;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.StorageConfig;
import io.hox.index.GroupReport.State;
import io.hox.job.FailureCause;
import io.hox.job.TaskRunner;
import io.hox.job.TaskTotals;
import io.hox.spark.HadoopSettings;
import io.hox.store.Parallel;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Makes feature-major copies of the sparse groups of an atlas's latest snapshot. A copy is visible when it is complete; a
 * group that can't have one does not keep the others from it. A group that has a copy is left alone, so a repeated run
 * completes what an interrupted one began.
 *
 * <p>Memory of the driver grows with groups, features and shards, that of a task not even with those of other groups.
 */
public final class IndexJob {
    private static final long REPORT_MILLIS = 500;
    private static final long ENTRIES_OF_A_TASK = 16L << 20;
    private static final int TASKS_PER_CORE = 4;
    private static final int MOST_TASKS = 2_048;

    /** Entries are counted, sorted and written. */
    private static final double PASSES = 3;

    private final SparkSession spark;
    private final IndexRequest request;
    private final IndexProgress listener;
    private final CopyShapes shapes;
    private final long began = System.nanoTime();

    public IndexJob(SparkSession spark, IndexRequest request, IndexProgress listener) {
        this(spark, request, listener, CopyShapes.DEFAULT);
    }

    /** @param shapes how copies are cut */
    IndexJob(SparkSession spark, IndexRequest request, IndexProgress listener, CopyShapes shapes) {
        this.spark = spark;
        this.request = request;
        this.listener = listener;
        this.shapes = shapes;
    }

    /**
     * Runs the job; one report a group, in the order of the dataset table.
     *
     * @throws HoxException when nothing could be done whatever the groups hold: no atlas, no snapshot, no such group
     */
    public List<GroupReport> run() {
        AtlasUri uri = AtlasUri.resolve(request.atlas(), request.storeUri());
        Map<String, String> storage = HadoopSettings.of(uri, spark, Map.of());
        try (Atlas atlas = Atlas.open(uri, storage, request.spaces(), Atlas.VERSION_TABLE);
                AtlasView view = atlas.view(atlas.latestSnapshot())) {
            List<Candidate> candidates = inspect(view);
            List<Candidate> open = candidates.stream().filter(Candidate::isOpen).toList();
            if (!open.isEmpty()) {
                copy(view, open, StorageConfig.complete(storage, uri.database()));
            }
            return candidates.stream().map(Candidate::report).toList();
        }
    }

    private List<Candidate> inspect(AtlasView view) {
        GroupFinder finder = new GroupFinder(view, request);
        return Parallel.map(finder.groups(), row -> inspect(finder, row), "the look at the groups");
    }

    private Candidate inspect(GroupFinder finder, DatasetRow row) {
        try {
            boolean replaces = finder.hasCopy(row);
            return replaces && !request.rebuild()
                    ? Candidate.settled(row, State.ALREADY_THERE, "")
                    : Candidate.of(row, finder.plan(row), replaces);
        } catch (HoxException e) {
            return Candidate.settled(row, State.FAILED, e.getMessage());
        }
    }

    private void copy(AtlasView view, List<Candidate> groups, Map<String, String> storage) {
        SparkContext context = spark.sparkContext();
        String jobId = UUID.randomUUID().toString();
        TaskTotals totals = new TaskTotals(context, jobId);
        TaskRunner runner = new TaskRunner(context, jobId, totals);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemons("hox-index-progress"));
        Runnable tick = () -> listener.update(state(groups, totals));
        try {
            clock.scheduleAtFixedRate(tick, REPORT_MILLIS, REPORT_MILLIS, TimeUnit.MILLISECONDS);
            Survey survey = new Survey(
                    view, groups.stream().map(group -> group.copy().space()).collect(Collectors.toSet()));
            List<Survey.Cells> cells = survey.run(
                    groups.stream().map(group -> group.copy().group()).toList());
            for (int i = 0; i < groups.size(); i++) {
                groups.get(i).surveyed(cells.get(i));
            }
            List<Candidate> whole = groups.stream().filter(Candidate::isOpen).toList();
            CopyCommit commit = new CopyCommit(view.zarr().store(), shapes);
            for (List<Candidate> wave : Waves.of(whole, context.defaultParallelism())) {
                copy(wave, survey, commit, view.zarr().store().uri(), storage, runner, totals);
            }
        } finally {
            clock.shutdownNow();
            tick.run();
            totals.close();
        }
    }

    private void copy(
            List<Candidate> groups,
            Survey survey,
            CopyCommit commit,
            String storeUri,
            Map<String, String> storage,
            TaskRunner runner,
            TaskTotals totals) {
        long waveBegan = System.nanoTime();
        List<Candidate> ready = groups.stream()
                .filter(group -> attempt(group, () -> commit.prepare(group.copy(), group.replaces())))
                .toList();
        if (ready.isEmpty()) {
            return;
        }
        List<GroupCopy> copies = ready.stream().map(Candidate::copy).toList();
        WaveRun run;
        try {
            SlicePlanner slices = new SlicePlanner(
                    survey.sources(),
                    Wave.numbers(copies),
                    survey.extent(ready.stream().map(Candidate::cells).toList()));
            Wave wave =
                    new Wave(survey.sources(), copies, slices.tasks(tasks(slices.cost())), storeUri, storage, shapes);
            long[] rows = ready.stream()
                    .mapToLong(group -> group.cells().chain().rows())
                    .toArray();
            run = new WaveRun(wave, rows, runner, totals, name(copies));
            run.run();
        } catch (HoxException e) {
            ready.forEach(group -> group.failed(e.getMessage()));
            return;
        } catch (RuntimeException | OutOfMemoryError e) {
            ready.forEach(group -> group.failed(FailureCause.of(e)));
            return;
        }
        for (int i = 0; i < ready.size(); i++) {
            Candidate group = ready.get(i);
            int number = i;
            if (run.failure(i) != null) {
                group.failed(run.failure(i));
            } else {
                attempt(group, () -> {
                    long bytes = run.bytes(number) + commit.commit(group.copy(), run.pointers(number));
                    group.indexed(bytes, (System.nanoTime() - waveBegan) / 1e9);
                });
            }
        }
    }

    /** Whether a step succeeded; the group has failed otherwise. */
    private static boolean attempt(Candidate group, Runnable step) {
        try {
            step.run();
            return true;
        } catch (HoxException e) {
            group.failed(e.getMessage());
            return false;
        }
    }

    private int tasks(long entries) {
        if (shapes.tasks() > 0) {
            return shapes.tasks();
        }
        long even = Math.min(
                (long) TASKS_PER_CORE * spark.sparkContext().defaultParallelism(), entries / shapes.portion() + 1);
        return (int) Math.min(MOST_TASKS, Math.max(even, entries / ENTRIES_OF_A_TASK + 1));
    }

    private static String name(List<GroupCopy> groups) {
        return groups.get(0).group() + (groups.size() == 1 ? "" : " and " + (groups.size() - 1) + " more");
    }

    private IndexProgress.State state(List<Candidate> groups, TaskTotals totals) {
        long entries = 0;
        long done = 0;
        for (Candidate group : groups) {
            entries += group.copy().entries();
            done += group.isOpen() ? 0 : 1;
        }
        double all = PASSES * Math.max(1, entries);
        return new IndexProgress.State(
                done, groups.size(), entries, Math.min(1, totals.entries() / all), (System.nanoTime() - began) / 1e9);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
