package io.hox.benchmarks;

import io.hox.HoxException;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureSpaces;
import io.hox.ingest.DatasetReport;
import io.hox.ingest.DatasetRequest;
import io.hox.ingest.IngestJob;
import io.hox.ingest.IngestProgress;
import io.hox.ingest.IngestRequest;
import io.hox.ingest.ModalityRequest;
import io.hox.source.SourceRef;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Times the ingest of h5ad files into an atlas that lacks them, one job after the other in one JVM. Prints one line of
 * JSON a job. Arguments: atlas, threads, files. Features are those of the var column {@code uid}.
 */
public final class IngestRun {
    private IngestRun() {}

    public static void main(String[] args) throws IOException {
        SparkSession spark = SparkSession.builder()
                .master("local[" + args[1] + "]")
                .appName("ingest")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        // Loads Lance's native library, as the other side has done before its clock starts.
        AtlasWriter.open(AtlasUri.resolve(args[0], null), Map.of(), FeatureSpaces.none())
                .close();
        long started = ManagementFactory.getRuntimeMXBean().getStartTime();
        double startSeconds = (System.currentTimeMillis() - started) / 1e3;
        for (int i = 2; i < args.length; i++) {
            String what = "hox ingest, local[" + args[1] + "], " + (i == 2 ? "first" : "later") + " job";
            run(spark, args[0], what, args[i], startSeconds);
        }
        spark.stop();
    }

    private static void run(SparkSession spark, String atlas, String what, String file, double startSeconds)
            throws IOException {
        DatasetRequest dataset = new DatasetRequest(
                new SourceRef("h5ad", file, ""),
                null,
                Map.of(DatasetRequest.ANY, ModalityRequest.of(null, Map.of(), "uid")),
                Map.of(),
                Map.of(),
                Map.of());
        IngestJob job = new IngestJob(spark, IngestRequest.of(atlas, List.of(dataset)), IngestProgress.SILENT);
        long began = System.nanoTime();
        DatasetReport report = job.run().get(0);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (report.state() != DatasetReport.State.INGESTED) {
            throw new HoxException(file + ": " + report.state() + " " + report.notes());
        }
        System.out.printf(
                Locale.ROOT,
                "{\"what\": \"%s\", \"file\": \"%s\", \"seconds\": %.3f, \"startSeconds\": %.3f,"
                        + " \"cells\": %d, \"nonZeros\": %d, \"arrayBytes\": %d, \"peakHeapMiB\": %d,"
                        + " \"peakRssMiB\": %d}%n",
                what,
                file,
                seconds,
                startSeconds,
                report.cells(),
                report.nonZeros(),
                report.bytes(),
                Peak.heapMiB(),
                Peak.residentMiB());
    }
}
