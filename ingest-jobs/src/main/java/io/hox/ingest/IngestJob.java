package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.FeatureSpaces;
import io.hox.ingest.DatasetPlans.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;

/**
 * Ingests files into an atlas, each as one dataset. The driver checks all files first, tasks write arrays and cell rows
 * that nobody sees yet, then the driver commits dataset by dataset in the order that {@link AtlasWriter} documents. A
 * dataset that the atlas has is skipped, so a repeated run completes what an interrupted one began.
 */
public final class IngestJob {
    private final SparkSession spark;
    private final IngestRequest request;
    private final IngestProgress progress;

    public IngestJob(SparkSession spark, IngestRequest request, IngestProgress progress) {
        this.spark = spark;
        this.request = request;
        this.progress = progress;
    }

    /** Runs the job; one report a file, in the order of the files. */
    public List<DatasetReport> run() {
        AtlasUri uri = AtlasUri.resolve(request.atlas(), request.storeUri());
        try (AtlasWriter atlas = AtlasWriter.open(uri, HadoopOptions.of(spark), FeatureSpaces.none())) {
            DatasetPlans plans = new DatasetPlans(atlas, request);
            Map<String, DatasetReport> reports = new HashMap<>();
            List<Planned> planned = plan(atlas, plans, reports);
            if (!planned.isEmpty()) {
                String jobId = UUID.randomUUID().toString();
                List<DatasetResult> results = new DatasetTasks(spark, jobId, progress)
                        .run(planned.stream().map(Planned::plan).toList());
                for (int i = 0; i < results.size(); i++) {
                    reports.put(
                            planned.get(i).plan().file(), commit(atlas, plans, planned.get(i), results.get(i), jobId));
                }
            }
            return request.files().stream().map(reports::get).toList();
        }
    }

    private List<Planned> plan(AtlasWriter atlas, DatasetPlans plans, Map<String, DatasetReport> reports) {
        Map<String, Planned> byUid = new LinkedHashMap<>();
        for (String file : request.files()) {
            String uid = plans.datasetUid(file);
            if (byUid.containsKey(uid)) {
                throw new HoxException(
                        file + " and " + byUid.get(uid).plan().file()
                                + " are the same file; name it once, or give the second one a --dataset-uid in a run of its own");
            }
            if (atlas.isComplete(uid)) {
                reports.put(file, DatasetReport.alreadyThere(file, uid));
            } else {
                byUid.put(uid, plans.plan(file, uid));
            }
        }
        return new ArrayList<>(byUid.values());
    }

    private static DatasetReport commit(
            AtlasWriter atlas, DatasetPlans plans, Planned planned, DatasetResult result, String jobId) {
        DatasetPlan plan = planned.plan();
        if (result.failure() == null) {
            String space = plans.space().name();
            atlas.registerFeatures(space, planned.features());
            String layout = atlas.registerLayout(space, List.of(plan.featureUids()));
            DatasetRow row = new DatasetRow(plan.datasetUid(), plan.zarrGroup(), space, layout, null, Map.of());
            atlas.registerDataset(row, result.cells());
            atlas.addCells(plans.obsTable(), result.fragments(), jobId + "-" + plan.datasetUid());
        }
        return DatasetReport.of(plan, result);
    }
}
