package io.hox.ingest;

import io.hox.job.Task;
import io.hox.job.TaskCount;
import io.hox.source.Source;
import io.hox.store.RequestCounter;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;

/**
 * Writes one piece of one modality. Memory: a block of entries with its conversions and one chunk an array; for a matrix
 * stored by columns also the values that wait for their row, see {@link DatasetPlan#taskBytes}.
 */
record PieceTask(DatasetPlan plan, ModalityPlan modality, Piece piece) implements Task<PieceResult> {
    @Override
    public PieceResult run(TaskCount count) {
        RequestCounter written = new RequestCounter();
        try (Source source = plan.open()) {
            ZarrHierarchy zarr = new ZarrHierarchy(plan.store().counting(written), new ZarrCache());
            PieceResult result = modality.isSparse()
                    ? new SparsePieceWriter(plan, modality, piece, zarr, count).write(source)
                    : new DensePieceWriter(plan, modality, piece, zarr, count).write(source);
            return result.withBytes(written.bytesWritten());
        }
    }

    @Override
    public boolean isCounted() {
        return true;
    }
}
