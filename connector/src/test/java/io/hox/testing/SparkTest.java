package io.hox.testing;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of a test JVM: two cores, no UI, few shuffle partitions, UTC. */
public final class SparkTest {
    private static SparkSession session;

    private SparkTest() {}

    public static synchronized SparkSession spark() {
        if (session == null) {
            session = SparkSession.builder()
                    .master("local[2]")
                    .appName("tests")
                    .config("spark.ui.enabled", "false")
                    .config("spark.ui.showConsoleProgress", "false")
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.shuffle.partitions", "2")
                    .config("spark.sql.session.timeZone", "UTC")
                    .getOrCreate();
            session.sparkContext().setLogLevel("ERROR");
        }
        return session;
    }

    /**
     * A read of a reference atlas; skips the test where the atlas is not on this machine.
     *
     * @param options keys and values in turn
     */
    public static Dataset<Row> read(String atlas, String... options) {
        var reader = spark().read().format("hox");
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        return reader.load(Shared.atlas(atlas).toString());
    }

    /** A metric of the scan of an executed query without exchange; -1 when there is no such metric. */
    public static long metric(Dataset<Row> executed, String name) {
        var leaves = executed.queryExecution().executedPlan().collectLeaves();
        var metric = leaves.apply(0).metrics().get(name);
        return metric.isEmpty() ? -1 : metric.get().value();
    }
}
