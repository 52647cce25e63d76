package io.hox.cli;

import org.apache.spark.sql.SparkSession;

/** The Spark session of one command: embedded and quiet, or the one that {@code spark-submit} configured. */
final class CommandSession {
    private CommandSession() {}

    static SparkSession open(String command, boolean debug) {
        SparkSession.Builder builder = SparkSession.builder().appName("hox " + command);
        if (System.getProperty("spark.master") == null) {
            builder.master("local[*]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.ui.showConsoleProgress", "false")
                    .config("spark.sql.shuffle.partitions", "8")
                    .config("spark.driver.maxResultSize", "0")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1");
        }
        SparkSession spark = builder.getOrCreate();
        spark.sparkContext().setLogLevel(debug ? "WARN" : "OFF");
        return spark;
    }
}
