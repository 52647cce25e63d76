package io.hox.cli;

import io.hox.HoxException;
import io.hox.ingest.DatasetReport;
import io.hox.ingest.DatasetReport.State;
import io.hox.ingest.DatasetRequest;
import io.hox.ingest.IngestJob;
import io.hox.ingest.IngestOptions;
import io.hox.ingest.IngestRequest;
import io.hox.ingest.ModalityRequest;
import io.hox.source.SourceRef;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hox ingest}: h5ad files into an atlas, one dataset a file. */
@Command(
        name = "ingest",
        description =
                "Write h5ad files into an atlas, one dataset a file. Nothing is visible to readers before the next"
                        + " snapshot; a file that is already there is skipped.",
        footer = {
            "",
            "Examples:",
            "  hox ingest my_atlas cells.h5ad",
            "  hox ingest my_atlas *.h5ad --feature-key gene_ids --obs louvain=cell_type",
            "  hox ingest my_atlas lung.h5ad --layer raw/X=counts --layer X=log_normalized --dataset-uid lung_2024"
        })
final class IngestCommand implements Runnable {
    @ParentCommand
    private HoxCommand root;

    @Mixin
    private AtlasArgument atlas;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "h5ad files, one dataset each.")
    private List<String> files;

    @Option(
            names = "--obs-table",
            paramLabel = "T",
            description = "The table that takes the cells; needed where an atlas has several.")
    private String obsTable;

    @Option(
            names = "--field",
            paramLabel = "COLUMN",
            description = "The pointer column to fill, for example gene_expression; needed where a table has several.")
    private String field;

    @Option(
            names = "--layer",
            paramLabel = "FROM=TO",
            description = "A matrix of the file (X, layers/NAME, raw/X) and the atlas layer it becomes; repeatable."
                    + " Default: X into the space's required layer.")
    private List<String> layers = List.of();

    @Option(
            names = "--feature-key",
            paramLabel = "COLUMN",
            description = "The var column that identifies a feature; default: the index of var.")
    private String featureKey;

    @Option(
            names = "--obs",
            paramLabel = "FROM=TO",
            description = "An obs column of the file and the atlas column it fills, where names differ; repeatable.")
    private List<String> obs = List.of();

    @Option(
            names = "--dataset-uid",
            paramLabel = "ID",
            description = "The dataset's uid; default: derived from the file's content.")
    private String datasetUid;

    @Option(
            names = "--dataset",
            paramLabel = "NAME=VALUE",
            description = "Fills a column of the atlas's dataset table, the same for all files; repeatable.")
    private List<String> datasetColumns = List.of();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public void run() {
        if (datasetUid != null && files.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--dataset-uid " + datasetUid + " can name one dataset only, but " + files.size()
                            + " files were given; leave it out to derive each uid from the file's content");
        }
        IngestRequest request = new IngestRequest(
                atlas.path, atlas.storeUri, obsTable, atlas.spaces(), datasets(), IngestOptions.DEFAULT);
        List<DatasetReport> reports;
        try (CommandSession session = CommandSession.open("ingest", root.debug);
                ProgressLine progress = ProgressLine.onStandardError()) {
            reports = new IngestJob(session.spark(), request, progress).run();
        }
        print(reports);
    }

    private List<DatasetRequest> datasets() {
        ModalityRequest every = ModalityRequest.of(field, pairs("--layer", layers), featureKey);
        Map<String, String> renames = pairs("--obs", obs);
        Map<String, String> columns = pairs("--dataset", datasetColumns);
        return files.stream()
                .map(file -> new DatasetRequest(
                        new SourceRef("h5ad", file, ""),
                        datasetUid,
                        Map.of(DatasetRequest.ANY, every),
                        renames,
                        Map.of(),
                        columns))
                .toList();
    }

    private void print(List<DatasetReport> reports) {
        if (reports.size() == 1 && reports.get(0).state() == State.FAILED) {
            throw new HoxException(reports.get(0).notes().get(0));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (DatasetReport report : reports) {
            String start = report.state() == State.FAILED ? "hox: not ingested: " : "hox: " + report.file() + ": ";
            report.notes().forEach(note -> System.err.println(start + note));
            rows.add(List.of(
                    report.file(),
                    report.datasetUid(),
                    report.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    report.cells(),
                    report.features(),
                    report.nonZeros(),
                    report.bytes(),
                    report.seconds()));
        }
        List<String> columns =
                List.of("file", "dataset_uid", "state", "cells", "features", "non_zeros", "bytes", "seconds");
        new RowPrinter(System.out, format).print(columns, rows);
        long failed = count(reports, State.FAILED);
        if (count(reports, State.INGESTED) > 0) {
            System.err.println("hox: readers see the new cells after: hox optimize " + atlas.path + " && hox snapshot "
                    + atlas.path);
        }
        if (failed > 0) {
            throw new HoxException(failed + " of " + reports.size()
                    + " files were not ingested; nothing of them is in the atlas. Mend them and run the command again");
        }
    }

    private static long count(List<DatasetReport> reports, State state) {
        return reports.stream().filter(report -> report.state() == state).count();
    }

    private Map<String, String> pairs(String option, List<String> texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0 || equals == text.length() - 1) {
                throw new ParameterException(spec.commandLine(), option + " " + text + " is not of the form A=B");
            }
            if (pairs.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
                throw new ParameterException(
                        spec.commandLine(), option + " names " + text.substring(0, equals) + " twice");
            }
        }
        return pairs;
    }
}
