package io.hox.ingest;

import io.hox.atlas.PointerColumn;
import io.hox.lance.LanceTableRef;
import io.hox.source.Source;
import io.hox.source.SourceRef;
import io.hox.store.ObjectStore;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * All that tasks need to write one dataset; made and checked on the driver.
 *
 * @param source where the source is
 * @param sourceOptions settings of its storage; secret
 * @param name names the source in messages
 * @param datasetUid the dataset's uid
 * @param cells rows of obs
 * @param modalities what becomes a group, at least one
 * @param obs how the obs columns are filled
 * @param obsTable the cell table, for writing fragments
 * @param storeUri the Zarr root
 * @param storeOptions settings of its storage; secret
 * @param shapes how arrays are cut
 * @param taskBytes memory that a task may use for values
 */
record DatasetPlan(
        SourceRef source,
        Map<String, String> sourceOptions,
        String name,
        String datasetUid,
        int cells,
        List<ModalityPlan> modalities,
        ObsAlignment obs,
        LanceTableRef obsTable,
        String storeUri,
        Map<String, String> storeOptions,
        ArrayShapes shapes,
        long taskBytes)
        implements Serializable {
    /** What an entry needs on its way: index, value as stored, as a whole number and as written, and its copies. */
    private static final int BYTES_PER_ENTRY = 64;

    private static final int MOST_BLOCK_ENTRIES = 1 << 21;

    /** The same plan with other groups. @param suffix tells them from those of other attempts */
    DatasetPlan withGroups(String suffix) {
        return new DatasetPlan(
                source,
                sourceOptions,
                name,
                datasetUid,
                cells,
                modalities.stream()
                        .map(m -> m.withGroup(group(m.pointer(), suffix)))
                        .toList(),
                obs,
                obsTable,
                storeUri,
                storeOptions,
                shapes,
                taskBytes);
    }

    private String group(PointerColumn pointer, String suffix) {
        return datasetUid + "/" + pointer.name() + "-" + suffix;
    }

    Source open() {
        return Sources.open(source, sourceOptions);
    }

    ObjectStore store() {
        return ObjectStore.open(storeUri, storeOptions);
    }

    /** Entries of a source that a task has in memory at a time. */
    int blockEntries() {
        return (int) Math.min(MOST_BLOCK_ENTRIES, taskBytes / 2 / BYTES_PER_ENTRY);
    }

    /** Memory for values that wait for their turn. */
    long waitingBytes() {
        return taskBytes / 2;
    }
}
