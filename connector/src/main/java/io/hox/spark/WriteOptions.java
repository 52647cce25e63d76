package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.FeatureSpaces;
import io.hox.spark.write.AppendRequest;
import io.hox.spark.write.AppendRequest.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The options of a write. Settings of the session count only for those that tell where and what the atlas is. */
public final class WriteOptions {
    static final Option PATH = new Option("path", "", "The atlas to append to; save(path) sets it.");
    static final Option FIELD = new Option(
            "field", "", "The pointer column that top-level columns or vectors fill; default: the only one there is.");
    static final Option VECTOR = new Option("vector", "", "A column of ML vectors.");
    static final Option LAYER = new Option(
            "layer", "", "The layer that the vectors become; default: the first one that the space requires.");
    static final Option FEATURES = new Option(
            "features",
            "",
            "Uids of the measured features: separated by commas, or a JSON array. Without featuresFrom indices are"
                    + " positions in this list. features.NAME is for the pointer column NAME alone.");
    static final Option FEATURES_FROM = new Option(
            "featuresFrom",
            "",
            "The atlas whose global indices the data hold; default: the one that is written to. Measured are its features"
                    + " that the option features names (* for all), or those of the group that each cell was read from.");
    static final Option DATASET_UID =
            new Option("datasetUid", "", "The uid of the dataset; several get -part-N after it. Default: a new one.");
    static final Option DATASET = new Option("dataset.NAME", "", "The value of the column NAME of the dataset table.");
    static final Option DROP_UNKNOWN = new Option(
            "dropUnknown", "false", "true: leave out columns that the atlas lacks, instead of refusing them.");
    static final Option SNAPSHOT =
            new Option("snapshot", "false", "true: make a snapshot after the commit, so that readers see the cells.");

    private static final List<Option> ALL = List.of(
            PATH,
            FIELD,
            FEATURES,
            FEATURES_FROM,
            VECTOR,
            LAYER,
            DATASET_UID,
            DATASET,
            DROP_UNKNOWN,
            SNAPSHOT,
            HoxOptions.OBS_TABLE,
            HoxOptions.STORE_URI,
            HoxOptions.FEATURE_SPACES);

    private static final String DATASET_PREFIX = "dataset.";
    private static final String FEATURES_PREFIX = "features.";

    private final OptionValues options;

    private WriteOptions(OptionValues options) {
        this.options = options;
    }

    /** @throws HoxException when a key looks like a misspelt option */
    static WriteOptions of(CaseInsensitiveStringMap given) {
        return new WriteOptions(OptionValues.of(given, ALL));
    }

    /** The options as a Markdown table, for the README. */
    static String markdownTable() {
        return Option.markdownTable(ALL);
    }

    /** What they ask for. */
    AppendRequest request() {
        SparkSession session = SparkSession.active();
        FeatureSpaces spaces = AtlasRead.spaces(options.text(HoxOptions.FEATURE_SPACES));
        String from = options.ownText(FEATURES_FROM);
        return new AppendRequest(
                place(AtlasUri.resolve(options.path(), options.text(HoxOptions.STORE_URI)), session),
                spaces,
                options.text(HoxOptions.OBS_TABLE),
                options.ownText(FIELD),
                options.ownText(VECTOR),
                options.ownText(LAYER),
                features(),
                from == null ? null : place(AtlasUri.resolve(from, null), session),
                options.ownText(DATASET_UID),
                starting(DATASET_PREFIX),
                flag(DROP_UNKNOWN),
                flag(SNAPSHOT));
    }

    private Place place(AtlasUri uri, SparkSession session) {
        return new Place(uri, HadoopSettings.of(uri, session, options.given()));
    }

    private Map<String, List<String>> features() {
        Map<String, List<String>> features = new HashMap<>();
        String all = options.ownText(FEATURES);
        if (all != null) {
            features.put("", distinct(FEATURES.key(), all));
        }
        starting(FEATURES_PREFIX)
                .forEach((field, names) -> features.put(field, distinct(FEATURES_PREFIX + field, names)));
        return features;
    }

    private static List<String> distinct(String key, String value) {
        List<String> names = OptionValues.list(key, value.strip());
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new HoxException("option " + key + " names the feature " + name
                        + " twice; sum its values first, and name it once");
            }
        }
        return names;
    }

    /** The options whose key begins like this, by the rest of the key as the user wrote it. */
    private Map<String, String> starting(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        options.given().forEach((key, value) -> {
            if (key.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private boolean flag(Option option) {
        String value = options.ownText(option).toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            throw new HoxException("option " + option.key() + " is [" + value + "]; it can be true or false");
        }
        return value.equals("true");
    }
}
