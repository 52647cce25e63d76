package io.hox.ingest;

import io.hox.anndata.AnnData;
import io.hox.anndata.H5adFormat;
import io.hox.atlas.PointerKind;
import io.hox.lance.LanceTable;
import io.hox.source.DataFrame;
import io.hox.store.ObjectStore;
import io.hox.store.RequestCounter;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lance.FragmentMetadata;

/**
 * Writes one dataset: the arrays of its Zarr group, then Lance fragments with its cells. Nothing of it is visible before
 * the driver commits; a repeated task starts over on a clean group.
 */
final class DatasetTask {
    private final DatasetPlan plan;
    private final WriteProgress progress;
    private long entries;

    DatasetTask(DatasetPlan plan, WriteProgress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    DatasetResult run() {
        long began = System.nanoTime();
        RequestCounter written = new RequestCounter();
        List<String> notes = new ArrayList<>();
        if (!plan.obs().dropped().isEmpty()) {
            notes.add("obs columns that the atlas lacks were left out: "
                    + String.join(", ", plan.obs().dropped()));
        }
        try (AnnData file = H5adFormat.open(Path.of(plan.file()));
                ObjectStore root = ObjectStore.open(plan.storeUri(), plan.options());
                LanceTable table = plan.obsTable().open()) {
            DataFrame obs = file.obs();
            checkCells(obs, table);
            ObjectStore store = root.counting(written);
            // The dataset is not registered, so a group of this name is what a crash left.
            store.deleteRecursively(plan.zarrGroup());
            List<FragmentMetadata> fragments;
            try {
                long[] rowEnds = writeGroup(file, obs, new ZarrHierarchy(store, new ZarrCache()), notes);
                try (ObsBatches rows = new ObsBatches(plan, obs, table.schema(), rowEnds)) {
                    fragments = table.writeFragments(rows);
                }
            } catch (RuntimeException e) {
                deleteGroup(store, e);
                throw e;
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            return new DatasetResult(fragments, obs.rows(), entries, written.bytesWritten(), seconds, notes, null);
        }
    }

    /** Converts all cell rows once without keeping them: a value that does not fit is found before anything is written. */
    private void checkCells(DataFrame obs, LanceTable table) {
        try (ObsBatches rows = new ObsBatches(plan, obs, table.schema(), new long[obs.rows()])) {
            while (rows.hasNext()) {
                rows.next();
            }
        }
    }

    private long[] writeGroup(AnnData file, DataFrame obs, ZarrHierarchy zarr, List<String> notes) {
        zarr.createGroup(plan.zarrGroup());
        if (plan.pointer().kind() == PointerKind.DENSE) {
            new DenseGroupWriter(plan, zarr, this::wrote).write(file);
            return null;
        }
        SparseGroupWriter writer = new SparseGroupWriter(plan, zarr, this::wrote, obs.rows());
        long[] rowEnds = writer.write(file);
        if (writer.normalisedRows() > 0) {
            notes.add(String.format(
                    "%,d of %,d rows had unsorted or repeated indices; they were sorted, repeated entries summed",
                    writer.normalisedRows(), obs.rows()));
        }
        return rowEnds;
    }

    private void wrote(long cells, long written) {
        if (cells > 0) {
            entries += written;
        }
        progress.wrote(cells, cells > 0 ? written : 0);
    }

    private void deleteGroup(ObjectStore store, RuntimeException failure) {
        try {
            store.deleteRecursively(plan.zarrGroup());
            String parent = plan.zarrGroup().substring(0, plan.zarrGroup().lastIndexOf('/'));
            if (store.list(parent).equals(List.of("zarr.json"))) {
                store.deleteRecursively(parent);
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }
}
