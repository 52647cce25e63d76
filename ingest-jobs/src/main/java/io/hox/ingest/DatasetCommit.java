package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.Encoding;
import io.hox.ingest.DatasetPlanner.Planned;
import io.hox.store.ObjectStore;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lance.FragmentMetadata;

/**
 * Makes what tasks wrote part of the atlas, on the driver. The order, each step repeatable, is that of {@link AtlasWriter}:
 * documents of arrays and groups, features, layouts, dataset rows, and the cells last, in one commit that fails where the
 * dataset has cells already. After a crash at any instant all that remains is a group that nobody refers to, or a dataset
 * without cells; readers see neither. Row ends, which only the tasks needed, are gone before.
 */
final class DatasetCommit {
    private static final Object ONE_AT_A_TIME = new Object();

    private final Target target;
    private final Planned planned;
    private final DatasetPlan plan;
    private final AtlasWriter atlas;
    private boolean registered;

    DatasetCommit(Target target, Planned planned) {
        this.target = target;
        this.planned = planned;
        this.plan = planned.plan();
        this.atlas = target.atlas();
    }

    /**
     * Commits.
     *
     * @param replace whether cells that the dataset has give way
     * @return false when the dataset has cells and they do not; the group is one too many then, see {@link #discard}
     */
    boolean run(List<WrittenArrays> arrays, List<FragmentMetadata> fragments, boolean replace) {
        for (ModalityPlan modality : plan.modalities()) {
            plan.store().deleteRecursively(modality.rowsPath());
        }
        synchronized (ONE_AT_A_TIME) {
            List<String> replaced = replace ? groupsInUse() : List.of();
            Map<DatasetRow, Long> rows = new LinkedHashMap<>();
            for (int i = 0; i < plan.modalities().size(); i++) {
                rows.put(row(i, arrays.get(i)), plan.modalities().get(i).rows());
            }
            registered = true;
            atlas.registerDatasets(rows);
            if (!cells(fragments, replace)) {
                return false;
            }
            // Whoever removed the dataset meanwhile may have taken the rows of the cells that have come since.
            atlas.registerDatasets(rows);
            forget(replaced);
            return true;
        }
    }

    private boolean cells(List<FragmentMetadata> fragments, boolean replace) {
        String table = target.obsTable();
        boolean generated = plan.obs().uidSource() == null;
        return replace && atlas.replaceCells(table, fragments, plan.datasetUid(), generated)
                || atlas.addCells(table, fragments, plan.datasetUid(), generated);
    }

    /** Groups of the dataset that cells point to. Others of its groups may belong to jobs under way. */
    private List<String> groupsInUse() {
        List<String> groups = new ArrayList<>();
        for (DatasetRow row : atlas.datasets()) {
            if (row.datasetUid().equals(plan.datasetUid()) && atlas.isInUse(row.zarrGroup())) {
                groups.add(row.zarrGroup());
            }
        }
        return groups;
    }

    /** Rows of groups that no cell points to any more do no harm where they can't be removed now. */
    private void forget(List<String> groups) {
        for (String group : groups) {
            try {
                atlas.unregisterGroup(group);
            } catch (HoxException e) {
                continue;
            }
        }
    }

    /** All that a dataset row names, then the row. */
    private DatasetRow row(int number, WrittenArrays arrays) {
        ModalityPlan modality = plan.modalities().get(number);
        documents(modality, arrays);
        String space = modality.space().name();
        atlas.registerFeatures(space, planned.features().get(number));
        String layout = atlas.registerLayout(space, List.of(modality.features().uids()));
        return new DatasetRow(plan.datasetUid(), modality.zarrGroup(), space, layout, null, planned.columns());
    }

    private void documents(ModalityPlan modality, WrittenArrays arrays) {
        ZarrHierarchy zarr = new ZarrHierarchy(plan.store(), new ZarrCache());
        zarr.createGroup(modality.zarrGroup());
        if (modality.isSparse()) {
            zarr.commitArray(
                    modality.indicesPath(),
                    plan.shapes()
                            .flat(
                                    modality.indexType(),
                                    Encoding.PACKED_ZIGZAG.compression(modality.indexType()),
                                    arrays.entries()));
        }
        for (LayerPlan layer : modality.layers()) {
            zarr.commitArray(
                    modality.layerPath(layer),
                    modality.isSparse()
                            ? plan.shapes().flat(layer.type(), layer.compression(), arrays.entries())
                            : plan.shapes()
                                    .rows(
                                            layer.type(),
                                            layer.compression(),
                                            modality.rows(),
                                            modality.features().length()));
        }
    }

    /**
     * Removes what was written and is no part of the atlas. A group that is, because a commit failed on its way back or a
     * snapshot was faster, is left alone; what can't be removed now is an orphan.
     */
    void discard() {
        ObjectStore store = plan.store();
        for (ModalityPlan modality : plan.modalities()) {
            try {
                store.deleteRecursively(modality.rowsPath());
                if (!registered || atlas.unregisterGroup(modality.zarrGroup())) {
                    store.deleteRecursively(modality.zarrGroup());
                }
            } catch (HoxException e) {
                // The caller is handling another failure, or reports that the dataset is there.
                continue;
            }
        }
        removeIfEmpty(store);
    }

    /** Other attempts have their groups beside this one's; only an empty directory goes. */
    private void removeIfEmpty(ObjectStore store) {
        try {
            List<String> names = store.list(plan.datasetUid());
            if (names.equals(List.of("zarr.json"))) {
                store.delete(plan.datasetUid() + "/zarr.json");
            }
            if (names.isEmpty() || names.equals(List.of("zarr.json"))) {
                store.delete(plan.datasetUid());
            }
        } catch (HoxException e) {
            // Somebody else has just written there.
            return;
        }
    }
}
