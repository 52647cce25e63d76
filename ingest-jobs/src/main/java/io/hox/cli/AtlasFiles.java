package io.hox.cli;

import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasUri;
import io.hox.spark.HadoopSettings;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Opens the atlas of a command without Spark. */
final class AtlasFiles {
    private static final String HADOOP_PREFIX = "spark.hadoop.";

    private AtlasFiles() {}

    static Atlas open(AtlasArgument argument) {
        AtlasUri uri = uri(argument);
        return Atlas.open(uri, options(uri), argument.spaces(), Atlas.VERSION_TABLE);
    }

    static AtlasUri uri(AtlasArgument argument) {
        return AtlasUri.resolve(argument.path, argument.storeUri);
    }

    /** As Spark takes them: {@code core-site.xml}, and {@code -Dspark.hadoop.fs.s3a.endpoint=...} in JAVA_OPTS. */
    static Map<String, String> options(AtlasUri uri) {
        return HadoopSettings.of(uri, hadoop());
    }

    /** The same for any path or URI. */
    static Map<String, String> options(String uri) {
        return HadoopSettings.of(uri, hadoop());
    }

    private static Configuration hadoop() {
        Configuration hadoop = new Configuration();
        System.getProperties().forEach((key, value) -> {
            if (key.toString().startsWith(HADOOP_PREFIX)) {
                hadoop.set(key.toString().substring(HADOOP_PREFIX.length()), value.toString());
            }
        });
        return hadoop;
    }
}
