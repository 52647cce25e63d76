package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.ingest.DatasetPlans.Planned;
import io.hox.spark.HadoopSettings;
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
 * dataset that the atlas has is skipped, so a repeated run completes what an interrupted one began; a file that can't be
 * ingested does not keep the others out.
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

    /**
     * Runs the job; one report a file, in the order of the files.
     *
     * @throws HoxException when nothing could be ingested whatever the files hold: no such atlas, table, pointer column
     */
    public List<DatasetReport> run() {
        AtlasUri uri = AtlasUri.resolve(request.atlas(), request.storeUri());
        Map<String, String> storage = HadoopSettings.of(uri, spark, Map.of());
        try (AtlasWriter atlas = AtlasWriter.open(uri, storage, request.spaces())) {
            DatasetPlans plans = new DatasetPlans(atlas, request);
            Map<String, DatasetReport> reports = new HashMap<>();
            List<Planned> planned = plan(atlas, plans, reports);
            if (!planned.isEmpty()) {
                String jobId = UUID.randomUUID().toString();
                List<DatasetResult> results = new DatasetTasks(spark, jobId, progress)
                        .run(planned.stream().map(Planned::plan).toList());
                DatasetCommit commit = new DatasetCommit(atlas, plans);
                for (int i = 0; i < results.size(); i++) {
                    reports.put(planned.get(i).plan().file(), commit.run(planned.get(i), results.get(i)));
                }
            }
            return request.datasets().stream()
                    .map(dataset -> reports.get(dataset.source().uri()))
                    .toList();
        }
    }

    private List<Planned> plan(AtlasWriter atlas, DatasetPlans plans, Map<String, DatasetReport> reports) {
        Map<String, Planned> byUid = new LinkedHashMap<>();
        for (DatasetRequest dataset : request.datasets()) {
            String file = dataset.source().uri();
            String uid = "";
            try {
                uid = plans.datasetUid(dataset);
                if (byUid.containsKey(uid)) {
                    throw new HoxException(file + " is the same file as "
                            + byUid.get(uid).plan().file()
                            + "; name it once, or give it a --dataset-uid in a run of its own");
                }
                if (atlas.isComplete(uid)) {
                    reports.put(file, DatasetReport.alreadyThere(file, uid));
                } else {
                    byUid.put(uid, plans.plan(dataset, uid));
                }
            } catch (HoxException e) {
                reports.putIfAbsent(file, DatasetReport.failed(file, uid, e.getMessage()));
            }
        }
        return new ArrayList<>(byUid.values());
    }
}
