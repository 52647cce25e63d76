package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.TakenUidsException;
import io.hox.spark.write.WrittenDataset.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.lance.FragmentMetadata;

/** Makes what the tasks wrote part of the atlas, in the order that {@link AtlasWriter} documents: cells last. */
final class AppendCommit {
    private final AppendWrite write;
    private final AtlasWriter atlas;

    AppendCommit(AppendWrite write, AtlasWriter atlas) {
        this.write = write;
        this.atlas = atlas;
    }

    /**
     * Commits.
     *
     * @param referred told whether rows of the atlas may refer to the groups, as soon as that changes
     * @throws HoxException when the cells could not be added
     */
    void run(List<WrittenDataset> datasets, List<FragmentMetadata> fragments, Consumer<Boolean> referred) {
        Map<SetOfField, String> layouts = new HashMap<>();
        Map<DatasetRow, Long> rows = new LinkedHashMap<>();
        for (WrittenDataset dataset : datasets) {
            for (Group group : dataset.groups()) {
                SetOfField set = new SetOfField(group.field(), group.set());
                String layout = layouts.computeIfAbsent(set, this::registerLayout);
                String space = write.plan().fields().get(group.field()).space().name();
                DatasetRow row =
                        new DatasetRow(dataset.uid(), group.path(), space, layout, null, write.datasetColumns());
                rows.put(row, group.rows());
            }
        }
        referred.accept(true);
        atlas.registerDatasets(rows);
        Set<String> uids = new LinkedHashSet<>();
        datasets.forEach(dataset -> uids.add(dataset.uid()));
        // What another write of the same uid would have, whatever its number of tasks.
        uids.add(write.plan().dataset());
        uids.add(write.plan().dataset() + AppendPlan.PART + 0);
        boolean added = false;
        try {
            added = atlas.addCells(
                    write.plan().obsTable().table(),
                    fragments,
                    List.copyOf(uids),
                    write.plan().makesUids());
        } catch (TakenUidsException e) {
            unregister(rows.keySet());
            referred.accept(false);
            throw e;
        }
        if (!added) {
            unregister(rows.keySet());
            referred.accept(false);
            throw new HoxException("the atlas " + write.request().atlas() + " has got cells of dataset "
                    + write.plan().dataset() + " from another writer meanwhile; no cells were added");
        }
    }

    private void unregister(Set<DatasetRow> rows) {
        rows.forEach(row -> atlas.unregisterGroup(row.zarrGroup()));
    }

    /** A set of measured features of one field. */
    private record SetOfField(int field, int set) {}

    private String registerLayout(SetOfField key) {
        String space = write.plan().fields().get(key.field()).space().name();
        FieldFeatures features = write.features().get(key.field());
        List<String> uids = features.uids().get(key.set());
        List<Map<String, Object>> missing = new ArrayList<>();
        for (String uid : uids) {
            Map<String, Object> row = features.missing().get(uid);
            if (row != null) {
                missing.add(row);
            }
        }
        atlas.registerFeatures(space, missing);
        return atlas.registerLayout(space, uids);
    }
}
