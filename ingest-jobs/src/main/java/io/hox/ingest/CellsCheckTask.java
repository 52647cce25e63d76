package io.hox.ingest;

import io.hox.job.Task;
import io.hox.job.TaskCount;
import io.hox.lance.LanceTable;
import io.hox.source.Source;

/** Converts the obs values of a range of cells without keeping them, so that one that does not fit is found early. */
record CellsCheckTask(DatasetPlan plan, int from, int to) implements Task<PieceResult> {
    @Override
    public PieceResult run(TaskCount count) {
        try (Source source = plan.open();
                LanceTable table = plan.obsTable().open();
                ObsBatches rows = ObsBatches.checking(plan, source.obs(), table.schema(), from, to)) {
            while (rows.hasNext()) {
                rows.next();
            }
        }
        return PieceResult.NONE;
    }
}
