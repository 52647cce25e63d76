package io.hox.spark;

import io.hox.HoxException;
import java.util.List;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** The options of a read. Each is also a setting of the session, {@code spark.hox.<key>}. */
public final class HoxOptions {
    public static final Option PATH =
            new Option("path", "", "The atlas: its root directory or its lance_db; a local path or a URI.");
    public static final Option VERSION = new Option("version", "", "The snapshot to read; default: the latest one.");
    public static final Option OBS_TABLE =
            new Option("obsTable", "", "The table of cells; needed where an atlas has several.");
    public static final Option FIELDS = new Option(
            "fields",
            "",
            "Pointer columns to show, separated by commas; default: all, or with features those whose feature space has"
                    + " any of them.");
    public static final Option FEATURES = new Option(
            "features",
            "",
            "Read only these features: names separated by commas, or a JSON array of strings. A name that several"
                    + " features carry takes all of them.");
    public static final Option FEATURE_KEY =
            new Option("featureKey", "uid", "The registry column that features are named by.");
    public static final Option FEATURE_JOIN = new Option(
            "featureJoin",
            "union",
            "union: every measured feature; intersection: those that all datasets hit by the pushed filter measured.");
    public static final Option LAYERS =
            new Option("layers", "", "Layers to show, separated by commas; default: all of the feature space.");
    public static final Option STORE_URI =
            new Option("storeUri", "", "The Zarr store, where it does not lie beside the database.");
    public static final Option AXIS =
            new Option("axis", "cells", "cells: one row per cell; features: one row per feature and dataset.");
    public static final Option FEATURE_SPACES = new Option(
            "featureSpaces",
            "",
            "Descriptions of feature spaces that are not built in: JSON, or the path of a JSON file. Others are inferred.");
    public static final Option BATCH_ROWS = new Option("batchRows", "4096", "Rows of a columnar batch at most.");
    public static final Option BATCH_BYTES = new Option(
            "batchBytes", "32m", "Decoded bytes of a columnar batch at most, unless one cell alone has more.");
    public static final Option SPLIT_BYTES = new Option(
            "splitBytes", "64m", "Decoded bytes of a split, about; smaller where that keeps all cores busy.");

    private static final List<Option> ALL = List.of(
            PATH,
            VERSION,
            OBS_TABLE,
            FIELDS,
            FEATURES,
            FEATURE_KEY,
            FEATURE_JOIN,
            LAYERS,
            STORE_URI,
            AXIS,
            FEATURE_SPACES,
            BATCH_ROWS,
            BATCH_BYTES,
            SPLIT_BYTES);

    private HoxOptions() {}

    /**
     * The options of one read.
     *
     * @throws HoxException when a key looks like a misspelt option
     */
    static OptionValues of(CaseInsensitiveStringMap given) {
        return OptionValues.of(given, ALL);
    }

    /** Every option, in the order of the documentation. */
    public static List<Option> all() {
        return ALL;
    }

    /** The options as a Markdown table, for the README. */
    public static String markdownTable() {
        return Option.markdownTable(ALL);
    }
}
