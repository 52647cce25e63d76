package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetRow;
import io.hox.ingest.DatasetPlans.Planned;
import java.util.List;

/** Makes what a task wrote part of the atlas, dataset by dataset, on the driver. */
final class DatasetCommit {
    private final AtlasWriter atlas;
    private final DatasetPlans plans;

    DatasetCommit(AtlasWriter atlas, DatasetPlans plans) {
        this.atlas = atlas;
        this.plans = plans;
    }

    DatasetReport run(Planned planned, DatasetResult result) {
        DatasetPlan plan = planned.plan();
        if (result.failure() != null) {
            return DatasetReport.of(plan, result);
        }
        try {
            commit(planned, result);
            return DatasetReport.of(plan, result);
        } catch (HoxException e) {
            // The others are complete in themselves; a rerun completes this one.
            return DatasetReport.failed(plan.file(), plan.datasetUid(), plan.file() + ": " + e.getMessage());
        }
    }

    private void commit(Planned planned, DatasetResult result) {
        DatasetPlan plan = planned.plan();
        String space = plans.space().name();
        atlas.registerFeatures(space, planned.features());
        String layout = atlas.registerLayout(space, List.of(plan.featureUids()));
        DatasetRow row =
                new DatasetRow(plan.datasetUid(), plan.zarrGroup(), space, layout, null, plans.datasetColumns());
        atlas.registerDataset(row, result.cells());
        atlas.addCells(plans.obsTable(), result.fragments(), plan.datasetUid(), false);
    }
}
