package io.hox.benchmarks;

import io.hox.udfs.HoxFunctions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Times reading every count of an atlas through {@code spark.read.format("hox")} into the sum of each gene, on two
 * threads. Prints one line of JSON. Arguments: atlas, runs (3), pointer column (gene_expression), layer (counts).
 */
public final class FullRead {
    private FullRead() {}

    public static void main(String[] args) throws IOException {
        String atlas = args[0];
        int runs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String pointer = args.length > 2 ? args[2] : "gene_expression";
        String layer = args.length > 3 ? args[3] : "counts";
        SparkSession spark = SparkSession.builder()
                .master("local[2]")
                .appName("full read")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        HoxFunctions.register(spark);
        String sum = "hox_feature_sum(" + pointer + ".indices, " + pointer + "." + layer + ")";
        List<Double> first = read(spark, atlas, sum);
        List<String> seconds = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            read(spark, atlas, sum);
            seconds.add(String.format(Locale.ROOT, "%.3f", (System.nanoTime() - start) / 1e9));
        }
        double total = first.stream().mapToDouble(Double::doubleValue).sum();
        System.out.printf(
                Locale.ROOT,
                "{\"what\": \"hox full read to gene sums\", \"seconds\": %s, \"genes\": %d, \"total\": %.1f,"
                        + " \"peakHeapMiB\": %d, \"peakRssMiB\": %d}%n",
                seconds,
                first.size(),
                total,
                Peak.heapMiB(),
                Peak.residentMiB());
        spark.stop();
    }

    private static List<Double> read(SparkSession spark, String atlas, String sum) {
        Dataset<Row> cells = spark.read().format("hox").load(atlas);
        return cells.selectExpr(sum).first().getList(0);
    }
}
