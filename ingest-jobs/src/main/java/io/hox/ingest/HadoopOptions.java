package io.hox.ingest;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** The session's settings of object stores. */
final class HadoopOptions {
    private HadoopOptions() {}

    static Map<String, String> of(SparkSession spark) {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        Map<String, String> options = new HashMap<>();
        configuration.forEach(entry -> {
            if (entry.getKey().startsWith("fs.s3a.") || entry.getKey().startsWith("fs.gs.")) {
                options.put(entry.getKey(), configuration.get(entry.getKey()));
            }
        });
        return options;
    }
}
