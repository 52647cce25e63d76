package io.hox.ingest;

import io.hox.job.Task;
import io.hox.job.TaskRunner;
import io.hox.source.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the arrays of a dataset and checks its obs values, in one Spark job after the pieces are known. */
final class ArrayPhase {
    private final DatasetPlan plan;
    private final TaskRunner runner;
    private final JobProgress progress;
    private final String label;
    private final String ordinal;

    /**
     * @param label short name of the source
     * @param ordinal which dataset of the job it is, in words
     */
    ArrayPhase(DatasetPlan plan, TaskRunner runner, JobProgress progress, String label, String ordinal) {
        this.plan = plan;
        this.runner = runner;
        this.progress = progress;
        this.label = label;
        this.ordinal = ordinal;
    }

    /**
     * Writes everything.
     *
     * @param exact whether rows are counted, because some have repeated entries
     * @return what was written of each modality; null when some rows had repeated entries, which nobody had counted
     */
    List<WrittenArrays> run(boolean exact) {
        List<List<Piece>> pieces = new ArrayList<>();
        List<Survey> surveys = new ArrayList<>();
        try (Source source = plan.open()) {
            for (ModalityPlan modality : plan.modalities()) {
                Survey survey = new Survey(
                        plan,
                        runner,
                        "hox ingest: " + label + ", count the entries of " + field(modality) + " by rows " + ordinal);
                surveys.add(survey);
                pieces.add(survey.pieces(source, modality, exact));
            }
        }
        List<Task<PieceResult>> tasks = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            for (Piece piece : pieces.get(i)) {
                tasks.add(new PieceTask(plan, plan.modalities().get(i), piece));
            }
        }
        if (!exact) {
            progress.planned(
                    tasks.size(),
                    plan.modalities().stream().mapToLong(ModalityPlan::entries).sum());
        }
        int checks = exact ? 0 : addChecks(tasks);
        List<PieceResult> results = runner.run(plan.datasetUid(), description(pieces), tasks);
        return results.stream().anyMatch(PieceResult::shrunk)
                ? null
                : written(pieces, surveys, results.subList(checks, results.size()));
    }

    /** Checks come first: what they find costs the least then. */
    private int addChecks(List<Task<PieceResult>> tasks) {
        int n = 0;
        if (plan.obs().doubtful().isEmpty()) {
            return n;
        }
        for (int from = 0; from < plan.cells(); from += CellsTask.CELLS) {
            int to = (int) Math.min(plan.cells(), (long) from + CellsTask.CELLS);
            tasks.add(n++, new CellsCheckTask(plan, from, to));
        }
        return n;
    }

    private List<WrittenArrays> written(List<List<Piece>> pieces, List<Survey> surveys, List<PieceResult> results) {
        List<WrittenArrays> written = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < pieces.size(); i++) {
            List<PieceResult> own = results.subList(next, next + pieces.get(i).size());
            next += own.size();
            long seen = own.stream().mapToLong(PieceResult::normalisedRows).sum();
            // Pieces of counted rows look at some rows twice.
            written.add(new WrittenArrays(
                    own,
                    surveys.get(i).normalisedRows() < 0 ? seen : surveys.get(i).normalisedRows()));
        }
        return written;
    }

    private String description(List<List<Piece>> pieces) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            int n = pieces.get(i).size();
            parts.add(n
                    + (n == 1 ? " shard of " : " shards of ")
                    + field(plan.modalities().get(i)));
        }
        return "hox ingest: " + label + ", write " + parts.stream().collect(Collectors.joining(" and ")) + " "
                + ordinal;
    }

    private static String field(ModalityPlan modality) {
        return modality.pointer().name();
    }
}
