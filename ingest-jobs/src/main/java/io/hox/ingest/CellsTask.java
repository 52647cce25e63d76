package io.hox.ingest;

import io.hox.job.Task;
import io.hox.job.TaskCount;
import io.hox.lance.LanceTable;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.hox.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the rows of a range of cells as fragments that no table version refers to yet.
 *
 * @param indexes of each modality that is sparse, null for the others
 * @param from first cell, {@code to} the end of the range
 */
record CellsTask(DatasetPlan plan, List<RowIndex> indexes, int from, int to) implements Task<WrittenCells> {
    /** Cells of a task. */
    static final int CELLS = 1 << 18;

    @Override
    public WrittenCells run(TaskCount count) {
        try (Source source = plan.open();
                LanceTable table = plan.obsTable().open()) {
            List<RowPlaces> places = new ArrayList<>();
            for (int i = 0; i < indexes.size(); i++) {
                places.add(places(source, plan.modalities().get(i), indexes.get(i)));
            }
            try (ObsBatches rows = new ObsBatches(plan, source.obs(), table.schema(), places, from, to)) {
                return new WrittenCells(table.writeFragments(rows));
            }
        }
    }

    private RowPlaces places(Source source, ModalityPlan plan, RowIndex index) {
        Modality modality = plan.of(source);
        long[] rows = modality.rows(from, to);
        if (rows == null) {
            rows = new long[to - from];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = from + i;
            }
        }
        ObjectStore store = this.plan.store();
        return plan.isSparse() ? RowPlaces.sparse(rows, index, store, plan.rowsPath()) : RowPlaces.dense(rows);
    }
}
