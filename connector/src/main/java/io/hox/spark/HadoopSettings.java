package io.hox.spark;

import io.hox.atlas.AtlasUri;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/**
 * The settings that open an atlas's places, taken from the session and the read's own options. Only those of the places'
 * schemes travel to the executors, and only those that somebody set.
 */
public final class HadoopSettings {
    private static final String CREDENTIALS = "hadoop.security.credential.provider.path";
    private static final String DEFAULTS = "core-default.xml";

    private HadoopSettings() {}

    /**
     * The settings for an atlas's tables and arrays.
     *
     * @param given the read's options; their keys may have lost their letter case
     */
    public static Map<String, String> of(AtlasUri uri, SparkSession session, Map<String, String> given) {
        Map<String, String> settings = of(uri.database(), session, given);
        settings.putAll(of(uri.store(), session, given));
        return settings;
    }

    /** As {@link #of(AtlasUri, SparkSession, Map)} where there is no session. */
    public static Map<String, String> of(AtlasUri uri, Configuration hadoop) {
        Map<String, String> settings = of(uri.database(), hadoop);
        settings.putAll(of(uri.store(), hadoop));
        return settings;
    }

    /** The settings for one path or URI. */
    public static Map<String, String> of(String uri, SparkSession session, Map<String, String> given) {
        Map<String, String> settings = of(uri, session.sparkContext().hadoopConfiguration());
        String prefix = prefix(uri);
        if (prefix != null) {
            keep(settings, prefix, JavaConverters.mapAsJavaMap(session.conf().getAll()));
            keep(settings, prefix, given);
        }
        return settings;
    }

    /** As {@link #of(String, SparkSession, Map)} where there is no session. */
    public static Map<String, String> of(String uri, Configuration hadoop) {
        Map<String, String> settings = new TreeMap<>();
        String prefix = prefix(uri);
        if (prefix == null) {
            return settings;
        }
        Iterator<Map.Entry<String, String>> all = hadoop.iterator();
        while (all.hasNext()) {
            String key = all.next().getKey();
            if ((key.startsWith(prefix) || key.equals(CREDENTIALS)) && !isDefault(hadoop, key)) {
                settings.put(key, hadoop.get(key));
            }
        }
        return settings;
    }

    private static void keep(Map<String, String> settings, String prefix, Map<String, String> from) {
        from.forEach((key, value) -> {
            boolean lance = key.startsWith("aws_") || key.equals("allow_http");
            if (key.startsWith(prefix) || lance) {
                settings.put(key, value);
            }
        });
    }

    private static boolean isDefault(Configuration hadoop, String key) {
        String[] sources = hadoop.getPropertySources(key);
        return sources != null && sources.length > 0 && sources[sources.length - 1].equals(DEFAULTS);
    }

    /** The common start of the keys that matter to a place; null for a local one. */
    private static String prefix(String uri) {
        int colon = uri.indexOf("://");
        if (colon < 0) {
            return null;
        }
        return switch (uri.substring(0, colon)) {
            case "s3", "s3a", "s3n" -> "fs.s3a.";
            case "az", "abfs", "abfss", "wasb", "wasbs" -> "fs.azure.";
            default -> "fs." + uri.substring(0, colon) + ".";
        };
    }
}
