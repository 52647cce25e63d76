package io.hox.cli;

import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasUri;
import java.util.HashMap;
import java.util.Map;

/** Opens the atlas of a command without Spark. */
final class AtlasFiles {
    private static final String HADOOP_PREFIX = "spark.hadoop.";

    private AtlasFiles() {}

    static Atlas open(AtlasArgument argument) {
        return Atlas.open(uri(argument), options(), argument.spaces(), Atlas.VERSION_TABLE);
    }

    static AtlasUri uri(AtlasArgument argument) {
        return AtlasUri.resolve(argument.path, argument.storeUri);
    }

    /** Settings of object stores as Spark takes them: {@code -Dspark.hadoop.fs.s3a.endpoint=...} in HOX_JAVA_OPTS. */
    static Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        System.getProperties().forEach((key, value) -> {
            if (key.toString().startsWith(HADOOP_PREFIX)) {
                options.put(key.toString().substring(HADOOP_PREFIX.length()), value.toString());
            }
        });
        return options;
    }
}
