package io.hox.benchmarks;

import io.hox.atlas.FeatureSpaces;
import io.hox.index.GroupReport;
import io.hox.index.IndexJob;
import io.hox.index.IndexRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Times the feature-major copies of all groups of an atlas, the first job of a JVM, on two threads; prints one line of
 * JSON. Argument: atlas. The clock starts when there is a Spark session.
 */
public final class IndexRun {
    private IndexRun() {}

    public static void main(String[] args) throws IOException {
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("index")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        IndexRequest request =
                new IndexRequest(args[0], null, FeatureSpaces.none(), "gene_expression", List.of(), List.of(), false);
        long start = System.nanoTime();
        List<GroupReport> reports = new IndexJob(spark, request, state -> {}).run();
        double seconds = (System.nanoTime() - start) / 1e9;
        long bytes = 0;
        long nonZeros = 0;
        for (GroupReport report : reports) {
            if (report.state() != GroupReport.State.INDEXED) {
                throw new IllegalStateException(report.toString());
            }
            bytes += report.bytes();
            nonZeros += report.nonZeros();
        }
        System.out.printf(
                Locale.ROOT,
                "{\"who\": \"hox\", \"atlas\": \"small\", \"job\": \"index\", \"seconds\": [%.3f], \"bytes\": %d,"
                        + " \"nonZeros\": %d, \"peakHeapMiB\": %d, \"peakRssMiB\": %d}%n",
                seconds,
                bytes,
                nonZeros,
                Peak.heapMiB(),
                Peak.residentMiB());
        spark.stop();
    }
}
