package io.hox.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.HoxException;
import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpaces;
import io.hox.atlas.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Which atlas a read is of, and in which state: resolved once on the driver, when the table is loaded.
 *
 * @param snapshot the pinned state
 * @param storage settings that open the places of the atlas; may hold secrets
 * @param spaces the user's descriptions of feature spaces
 */
record AtlasRead(Snapshot snapshot, Map<String, String> storage, FeatureSpaces spaces) {
    private static final long MAX_JSON = 1 << 20;

    /** Finds the atlas and pins the asked-for snapshot, the latest one by default. */
    static AtlasRead resolve(OptionValues options) {
        AtlasUri uri = AtlasUri.resolve(options.path(), options.text(HoxOptions.STORE_URI));
        SparkSession session = SparkSession.active();
        Map<String, String> storage = HadoopSettings.of(uri, session, options.given());
        FeatureSpaces spaces = spaces(options.text(HoxOptions.FEATURE_SPACES));
        try (Atlas atlas = Atlas.open(uri, storage, spaces, Atlas.VERSION_TABLE)) {
            Long version = options.number(HoxOptions.VERSION);
            Snapshot snapshot = version == null ? atlas.latestSnapshot() : atlas.snapshot(version);
            return new AtlasRead(snapshot, storage, spaces);
        }
    }

    /** The caller closes the view. */
    AtlasView open() {
        return ShardReader.view(snapshot, storage, spaces);
    }

    /** The atlas as a user names it. */
    String name() {
        return snapshot.uri().root();
    }

    /** Leaves out the settings, which may hold secrets. */
    @Override
    public String toString() {
        return name() + ", version " + snapshot.version();
    }

    /** The spaces that the option featureSpaces describes. */
    static FeatureSpaces spaces(String jsonOrPath) {
        if (jsonOrPath == null) {
            return FeatureSpaces.none();
        }
        return FeatureSpaces.fromJson(jsonOrPath.startsWith("{") ? jsonOrPath : file(jsonOrPath));
    }

    private static String file(String path) {
        Path file = Path.of(path);
        try {
            if (Files.size(file) > MAX_JSON) {
                throw new HoxException("option featureSpaces: " + path
                        + " is larger than 1 MiB, so it is no description" + " of feature spaces");
            }
            return new ObjectMapper().readTree(file.toFile()).toString();
        } catch (IOException e) {
            throw new HoxException("option featureSpaces: " + path + " can't be read as JSON: " + e.getMessage(), e);
        }
    }
}
