package io.hox.cli;

import io.hox.HoxException;
import io.hox.ingest.IngestOptions;
import io.hox.ingest.IngestOptions.Duplicates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.network.util.JavaUtils;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is said of all files of an ingest, and the manifest that says more of some. */
final class IngestArguments {
    @Option(
            names = "--manifest",
            paramLabel = "CSV",
            description = "A table of files with what is special about each. Columns: file, dataset_uid, feature_key,"
                    + " layer:FROM, obs:COLUMN (the file's column that fills it), obs_value:COLUMN, field:MODALITY;"
                    + " any other is a column of the dataset table.")
    String manifest;

    @Option(
            names = "--field",
            paramLabel = "[MODALITY=]COLUMN",
            description = "The pointer column to fill, for example gene_expression; needed where a table has several"
                    + " and the file does not say. With a modality of the file in front, for that one; repeatable.")
    private List<String> fields = List.of();

    @Option(names = "--skip", paramLabel = "MODALITY", description = "Leaves a modality of the files out; repeatable.")
    List<String> skipped = List.of();

    @Option(
            names = "--layer",
            paramLabel = "[MODALITY:]FROM=TO",
            description = "A matrix of the file (X, layers/NAME, raw/X) and the atlas layer it becomes; repeatable."
                    + " Default: X into the space's required layer.")
    private List<String> layers = List.of();

    @Option(
            names = "--feature-key",
            paramLabel = "[MODALITY=]COLUMN",
            description = "The var column that identifies a feature; default: the index of var.")
    private List<String> featureKeys = List.of();

    @Option(
            names = "--strip-versions",
            description = "Leaves the version of Ensembl ids out: ENSG00000139618.14 becomes ENSG00000139618.")
    private boolean stripVersions;

    @Option(names = "--stable-uids", description = "Makes a feature's uid from its key, as homeobox's stable uids.")
    private boolean stableUids;

    @Option(
            names = "--duplicates",
            paramLabel = "WHAT",
            description = "Features that share a key: refuse (the default) or sum.")
    private Duplicates duplicates = Duplicates.REFUSE;

    @Option(
            names = "--obs",
            paramLabel = "FROM=TO",
            description = "An obs column of the file and the atlas column it fills, where names differ; repeatable.")
    private List<String> obs = List.of();

    @Option(
            names = "--obs-value",
            paramLabel = "COLUMN=VALUE",
            description = "Fills an atlas column of all cells for which the file has no value; repeatable.")
    private List<String> obsValues = List.of();

    @Option(
            names = "--dataset-uid",
            paramLabel = "ID",
            description = "The dataset's uid, for one file; default: derived from the file's content.")
    String datasetUid;

    @Option(
            names = "--dataset",
            paramLabel = "NAME=VALUE",
            description = "Fills a column of the atlas's dataset table, the same for all files; repeatable.")
    private List<String> datasetColumns = List.of();

    @Option(
            names = "--replace",
            description =
                    "Replaces datasets that the atlas has; by default they are left alone. Snapshots keep the old.")
    private boolean replace;

    @Option(
            names = "--task-memory",
            paramLabel = "SIZE",
            description = "What a task may hold of a file's values; default: ${DEFAULT-VALUE}.",
            defaultValue = "512m")
    private String taskMemory;

    @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
    private CommandLine.Model.CommandSpec command;

    IngestOptions options() {
        long bytes;
        try {
            bytes = JavaUtils.byteStringAsBytes(taskMemory);
        } catch (NumberFormatException e) {
            throw misused("--task-memory " + taskMemory + " is no size; write it like 512m or 2g");
        }
        try {
            return new IngestOptions(duplicates, stripVersions, stableUids, replace, bytes);
        } catch (HoxException e) {
            throw misused("--task-memory " + taskMemory + ": " + e.getMessage());
        }
    }

    /** Refuses what is misspelt before anything is looked for. */
    void check(List<String> paths) {
        if (paths.isEmpty() && manifest == null) {
            throw misused("there is nothing to ingest: name files, directories or a --manifest");
        }
        if (datasetUid != null && (paths.size() > 1 || manifest != null)) {
            throw misused("--dataset-uid " + datasetUid + " can name one dataset only; leave it out to derive each uid"
                    + " from the content, or give uids in a manifest");
        }
        layers();
        obs();
        obsValues();
        datasetColumns();
        fields();
        featureKeys();
    }

    /** Matrix to layer, the matrix with its modality in front where one was given. */
    Map<String, String> layers() {
        return pairs("--layer", layers);
    }

    Map<String, String> obs() {
        return pairs("--obs", obs);
    }

    Map<String, String> obsValues() {
        return pairs("--obs-value", obsValues);
    }

    Map<String, String> datasetColumns() {
        return pairs("--dataset", datasetColumns);
    }

    /** Pointer column by modality; under "" for all others. */
    Map<String, String> fields() {
        return byModality("--field", fields);
    }

    /** Var column by modality; under "" for all others. */
    Map<String, String> featureKeys() {
        return byModality("--feature-key", featureKeys);
    }

    /** A wrong command line. */
    ParameterException misused(String message) {
        return new ParameterException(command.commandLine(), message);
    }

    private Map<String, String> byModality(String option, List<String> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            String modality = equals < 0 ? "" : text.substring(0, equals);
            if (equals == text.length() - 1) {
                throw misused(option + " " + text + " names no column");
            }
            if (values.put(modality, text.substring(equals + 1)) != null) {
                throw misused(option + " is given twice for " + (modality.isEmpty() ? "all modalities" : modality));
            }
        }
        return values;
    }

    private Map<String, String> pairs(String option, List<String> texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0 || equals == text.length() - 1) {
                throw misused(option + " " + text + " is not of the form A=B");
            }
            if (pairs.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
                throw misused(option + " names " + text.substring(0, equals) + " twice");
            }
        }
        return pairs;
    }
}
