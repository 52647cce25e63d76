package io.hox.ingest;

import io.hox.HoxException;
import io.hox.job.Task;
import io.hox.job.TaskCount;
import io.hox.source.Matrix;
import io.hox.source.Source;

/**
 * Counts the entries of a part of the first matrix of a modality by blocks of rows.
 *
 * @param byEntries whether the part is a range of the stored entries and they are counted as stored; otherwise it is a
 *     range of rows and they are counted as they will be written
 * @param blockRows rows of a block
 */
record CountTask(DatasetPlan plan, ModalityPlan modality, boolean byEntries, long from, long to, int blockRows)
        implements Task<RowCount> {
    @Override
    public RowCount run(TaskCount count) {
        try (Source source = plan.open()) {
            Matrix matrix = modality.matrix(source, modality.first()).withMemory(plan.waitingBytes());
            return byEntries ? entries(matrix) : rows(matrix);
        }
    }

    private RowCount entries(Matrix matrix) {
        long[] totals = new long[Math.toIntExact((matrix.rows() + blockRows - 1) / blockRows)];
        if (!matrix.countEntries(from, to, blockRows, totals)) {
            throw new HoxException(modality.source(modality.first()) + " is stored in another way than before; the"
                    + " source has changed while it was read");
        }
        return new RowCount(0, totals, 0);
    }

    private RowCount rows(Matrix matrix) {
        int first = Math.toIntExact(from / blockRows);
        long[] totals = new long[Math.toIntExact((to + blockRows - 1) / blockRows) - first];
        long normalised = matrix.forEachRowBlock(from, to, plan.blockEntries(), block -> {
            for (int row = 0; row < block.rows(); row++) {
                int number = (int) ((block.firstRow() + row) / blockRows) - first;
                totals[number] += block.indptr()[row + 1] - block.indptr()[row];
            }
        });
        return new RowCount(first, totals, normalised);
    }
}
