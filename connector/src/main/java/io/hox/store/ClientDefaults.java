package io.hox.store;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Settings of Hadoop's clients that suit atlases, where nobody set others. */
final class ClientDefaults {
    private static final String HADOOP = "core-default.xml";

    private static final Map<String, String> VALUES = Map.of(
            // Chunks lie scattered in shards: read what is asked for, not to the end of the object.
            "fs.s3a.experimental.input.fadvise", "random",
            // More would be sent for each range, and read to its end byte by byte before a connection is used again.
            "fs.s3a.readahead.range", "0",
            // Hadoop from 3.3.5 on reads four ranges of an object at a time.
            "fs.s3a.vectored.active.ranged.reads", "32",
            // By Hadoop's defaults a dead endpoint is asked 20 times in each of 8 rounds.
            "fs.s3a.attempts.maximum", "3",
            "fs.s3a.retry.limit", "2",
            "fs.s3a.retry.interval", "200ms",
            // A busy store is given half a minute; by Hadoop's defaults it would be many.
            "fs.s3a.retry.throttle.limit", "7",
            "fs.s3a.retry.throttle.interval", "200ms",
            "fs.s3a.connection.timeout", "60000");

    private ClientDefaults() {}

    static void apply(Configuration configuration) {
        VALUES.forEach((key, value) -> {
            if (!isSet(configuration, key)) {
                configuration.set(key, value);
            }
        });
    }

    private static boolean isSet(Configuration configuration, String key) {
        String[] sources = configuration.getPropertySources(key);
        return sources != null && sources.length > 0 && !sources[sources.length - 1].equals(HADOOP);
    }
}
