package io.hox.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.hox.udfs.HoxExtensions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Times reads of an atlas through {@code spark.read.format("hox")} on two threads, the table being loaded anew each time;
 * prints one line of JSON a job. Arguments: a name for the lines, atlas, runs after one that does not count, jobs.
 * Further settings come as system properties {@code spark.*}.
 *
 * <p>Jobs that read numbers end in the sum, mean and number of non-zeros of each gene.
 */
public final class ReadJobs {
    private static final String GENES =
            IntStream.range(0, 20).mapToObj(i -> gene(i * 997 % 20_000)).collect(Collectors.joining(","));

    private static final OperatingSystemMXBean CPU =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final SparkSession spark;
    private final String label;
    private final String atlas;

    private ReadJobs(SparkSession spark, String label, String atlas) {
        this.spark = spark;
        this.label = label;
        this.atlas = atlas;
    }

    public static void main(String[] args) throws IOException {
        int runs = Integer.parseInt(args[2]);
        SparkSession spark = SparkSession.builder()
                .master(System.getProperty("spark.master", "local[2]"))
                .appName("read")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.extensions", HoxExtensions.class.getName())
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        ReadJobs jobs = new ReadJobs(spark, args[0], args[1]);
        for (String job : Arrays.asList(args).subList(3, args.length)) {
            jobs.time(job, runs);
        }
        spark.stop();
    }

    private void time(String job, int runs) throws IOException {
        String found = run(job);
        List<String> seconds = new ArrayList<>();
        List<String> cpuSeconds = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            long cpuStart = CPU.getProcessCpuTime();
            run(job);
            seconds.add(seconds(System.nanoTime() - start));
            cpuSeconds.add(seconds(CPU.getProcessCpuTime() - cpuStart));
        }
        System.out.printf(
                Locale.ROOT,
                "{\"who\": \"hox\", \"atlas\": \"%s\", \"job\": \"%s\", \"seconds\": %s, \"cpuSeconds\": %s, %s, \"peakHeapMiB\": %d, \"peakRssMiB\": %d}%n",
                label,
                job,
                seconds,
                cpuSeconds,
                found,
                Peak.heapMiB(),
                Peak.residentMiB());
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.4f", nanos / 1e9);
    }

    private String run(String job) {
        return switch (job) {
            case "whole" -> moments(reader().load(atlas));
            case "cells5" -> moments(reader().load(atlas).where("draw = 7"));
            case "type" -> moments(reader().load(atlas).where("cell_type = 'NK'"));
            case "genes20" -> moments(reader().option("features", GENES).load(atlas));
            case "gene1" -> moments(reader().option("features", gene(0)).load(atlas));
            case "count" -> "\"cells\": " + reader().load(atlas).count();
            case "filtered" -> "\"cells\": "
                    + reader().load(atlas).where("cell_type = 'NK'").count();
            case "grouped" -> "\"groups\": "
                    + reader().load(atlas)
                            .groupBy("cell_type", "donor")
                            .count()
                            .collectAsList()
                            .size();
            default -> throw new IllegalArgumentException("no job '" + job + "'");
        };
    }

    private DataFrameReader reader() {
        return spark.read().format("hox");
    }

    private static String gene(int number) {
        return String.format(Locale.ROOT, "g%015d", number);
    }

    private static String moments(Dataset<Row> cells) {
        List<Row> genes = cells.selectExpr("inline(hox_feature_stats(gene_expression.indices, gene_expression.counts))")
                .select("sum", "mean", "nnz")
                .collectAsList();
        double total = 0;
        long nonZeros = 0;
        for (Row gene : genes) {
            total += gene.getDouble(0);
            nonZeros += gene.getLong(2);
        }
        return String.format(Locale.ROOT, "\"total\": %.1f, \"nonZeros\": %d", total, nonZeros);
    }
}
