package io.hox.ingest;

import io.hox.HoxException;
import io.hox.ingest.DatasetPlanner.Planned;
import io.hox.job.FailureCause;
import io.hox.job.TaskRunner;
import io.hox.spark.HadoopSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.lance.FragmentMetadata;

/**
 * Ingests one dataset, from the driver: identify it, plan it, write its arrays, write its cells, commit. Whatever goes
 * wrong ends in its report; other datasets of the job go on.
 *
 * <p>Every attempt writes to a group of its own, so that nobody else's data can be in the way or come to harm, and removes
 * it unless the commit was its own. A run that is killed leaves a group that nobody refers to; another run of the job
 * starts over.
 */
final class DatasetRun {
    private final SparkSession spark;
    private final Target target;
    private final DatasetPlanner planner;
    private final TaskRunner runner;
    private final JobProgress progress;
    private final DatasetRequest request;
    private final boolean replace;
    private final String name;
    private final String ordinal;
    private final long began = System.nanoTime();
    private String uid = "";
    private boolean replaces;

    /** @param ordinal which dataset of the job it is, in words */
    DatasetRun(
            SparkSession spark,
            Target target,
            DatasetPlanner planner,
            TaskRunner runner,
            JobProgress progress,
            DatasetRequest request,
            boolean replace,
            String ordinal) {
        this.spark = spark;
        this.target = target;
        this.planner = planner;
        this.runner = runner;
        this.progress = progress;
        this.request = request;
        this.replace = replace;
        this.name = request.source().toString();
        this.ordinal = ordinal;
    }

    DatasetReport run() {
        try {
            return ingest();
        } catch (HoxException e) {
            return failed(e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            return failed(FailureCause.of(e));
        } finally {
            progress.datasetDone();
        }
    }

    private DatasetReport failed(String message) {
        target.cellUids().release(name);
        return DatasetReport.failed(
                name, uid, message.contains(request.source().uri()) ? message : name + ": " + message);
    }

    private DatasetReport ingest() {
        Map<String, String> options = HadoopSettings.of(request.source().uri(), spark, Map.of());
        uid = request.datasetUid() != null ? request.datasetUid() : contentUid(options);
        target.claimUid(uid, name);
        replaces = target.atlas().isComplete(uid);
        if (replaces && !replace) {
            return DatasetReport.alreadyThere(name, uid);
        }
        Planned planned = planner.plan(request, options, uid, suffix());
        return write(planned, false);
    }

    private String contentUid(Map<String, String> options) {
        String description = "hox ingest: " + label() + ", identify the content " + ordinal;
        return new ContentUid(request.source(), options).find(runner, description);
    }

    private DatasetReport write(Planned planned, boolean exact) {
        DatasetCommit commit = new DatasetCommit(target, planned);
        DatasetPlan plan = planned.plan();
        boolean committed = false;
        try {
            List<WrittenArrays> arrays = new ArrayPhase(plan, runner, progress, label(), ordinal).run(exact);
            if (arrays != null) {
                committed = commit.run(arrays, cells(plan, arrays), replace);
                return committed ? report(plan, arrays) : DatasetReport.alreadyThere(name, uid);
            }
        } finally {
            if (!committed) {
                commit.discard();
            }
        }
        return write(planned.withPlan(plan.withGroups(suffix())), true);
    }

    private List<FragmentMetadata> cells(DatasetPlan plan, List<WrittenArrays> arrays) {
        List<RowIndex> indexes = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            ModalityPlan modality = plan.modalities().get(i);
            indexes.add(modality.isSparse() ? RowIndex.of(arrays.get(i).pieces(), modality.rows()) : null);
        }
        List<CellsTask> tasks = new ArrayList<>();
        for (int from = 0; from < plan.cells(); from += CellsTask.CELLS) {
            int to = (int) Math.min(plan.cells(), (long) from + CellsTask.CELLS);
            tasks.add(new CellsTask(plan, indexes, from, to));
        }
        String description =
                "hox ingest: " + label() + ", write " + String.format("%,d", plan.cells()) + " cells " + ordinal;
        List<FragmentMetadata> fragments = new ArrayList<>();
        for (WrittenCells written : runner.<WrittenCells>run(uid, description, tasks)) {
            fragments.addAll(written.fragments());
        }
        return fragments;
    }

    private DatasetReport report(DatasetPlan plan, List<WrittenArrays> arrays) {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            if (arrays.get(i).normalisedRows() > 0) {
                String modality =
                        arrays.size() == 1 ? "" : plan.modalities().get(i).key() + ": ";
                notes.add(modality
                        + String.format(
                                "%,d of %,d rows had unsorted or repeated indices; they were sorted, repeated entries summed",
                                arrays.get(i).normalisedRows(),
                                plan.modalities().get(i).rows()));
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        if (replaces) {
            notes.add("its cells are there in place of those that the dataset had");
        }
        return DatasetReport.ingested(plan, arrays, seconds, notes);
    }

    /** The last part of the path. */
    private String label() {
        String path = request.source().uri().replaceAll("/+$", "");
        String part = request.source().part();
        return path.substring(path.lastIndexOf('/') + 1) + (part.isEmpty() ? "" : " " + part);
    }

    private static String suffix() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
