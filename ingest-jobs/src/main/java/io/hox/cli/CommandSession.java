package io.hox.cli;

import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The Spark session of one command: embedded and quiet, or the one that {@code spark-submit} configured. A session that
 * was there before the command stays after it.
 */
final class CommandSession implements AutoCloseable {
    private final SparkSession spark;
    private final boolean own;

    private CommandSession(SparkSession spark, boolean own) {
        this.spark = spark;
        this.own = own;
    }

    static CommandSession open(String command, boolean debug) {
        Option<SparkSession> running = SparkSession.getDefaultSession();
        if (running.isDefined() && !running.get().sparkContext().isStopped()) {
            return new CommandSession(running.get(), false);
        }
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
        return new CommandSession(spark, true);
    }

    SparkSession spark() {
        return spark;
    }

    @Override
    public void close() {
        if (own) {
            spark.close();
        }
    }
}
