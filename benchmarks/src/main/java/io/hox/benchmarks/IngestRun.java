package io.hox.benchmarks;

import io.hox.ingest.DatasetReport;
import io.hox.ingest.DatasetRequest;
import io.hox.ingest.IngestJob;
import io.hox.ingest.IngestRequest;
import io.hox.source.SourceRef;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Times the ingest of one h5ad file into an atlas that lacks it. Prints one line of JSON. Arguments: file, atlas, threads. */
public final class IngestRun {
    private IngestRun() {}

    public static void main(String[] args) throws IOException {
        SparkSession spark = SparkSession.builder()
                .master("local[" + args[2] + "]")
                .appName("ingest")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        DatasetRequest dataset = new DatasetRequest(
                new SourceRef("h5ad", args[0], ""), null, Map.of(), Map.of("uid", "uid"), Map.of(), Map.of());
        IngestRequest request = IngestRequest.of(args[1], List.of(dataset));
        long jvm = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        long start = System.nanoTime();
        DatasetReport report =
                new IngestJob(spark, request, (a, b, c, d, e) -> {}).run().get(0);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "{\"seconds\": %.3f, \"startSeconds\": %.3f, \"report\": \"%s\"}%n",
                seconds,
                jvm / 1e3,
                report);
        spark.stop();
    }
}
