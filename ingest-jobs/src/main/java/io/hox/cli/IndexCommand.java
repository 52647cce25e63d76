package io.hox.cli;

import io.hox.HoxException;
import io.hox.index.GroupReport;
import io.hox.index.GroupReport.State;
import io.hox.index.IndexJob;
import io.hox.index.IndexProgress;
import io.hox.index.IndexRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code hox index}: feature-major copies of sparse groups. */
@Command(
        name = "index",
        description =
                "Give sparse groups of the latest snapshot a second copy that is sorted by feature, so that reading a few"
                        + " features of many cells costs what these features take. A copy is seen when it is complete, in"
                        + " all snapshots; a group that has one is skipped, so an interrupted run is completed by running"
                        + " it again.",
        footer = {
            "",
            "Examples:",
            "  hox index my_atlas",
            "  hox index s3a://bucket/atlas --feature-space gene_expression --layer counts",
            "  hox index my_atlas --group lung_2024/gene_expression --rebuild"
        })
final class IndexCommand implements Runnable {
    private static final List<String> COLUMNS = List.of(
            "zarr_group",
            "feature_space",
            "state",
            "cells",
            "features",
            "non_zeros",
            "bytes",
            "bytes_per_non_zero",
            "seconds");

    @ParentCommand
    private HoxCommand root;

    @Mixin
    private AtlasArgument atlas;

    @Option(
            names = "--feature-space",
            paramLabel = "S",
            description = "The groups of this feature space only; default: of all that are sparse matrices.")
    private String featureSpace;

    @Option(names = "--group", paramLabel = "G", description = "This group only, see 'hox info'. May be repeated.")
    private List<String> groups = List.of();

    @Option(
            names = "--layer",
            paramLabel = "L",
            description = "This layer only; default: all that copies can have. May be repeated.")
    private List<String> layers = List.of();

    @Option(
            names = "--rebuild",
            description = "Replace copies. They disappear until the new ones are complete; let no job read them then.")
    private boolean rebuild;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public void run() {
        IndexRequest request =
                new IndexRequest(atlas.path, atlas.storeUri, atlas.spaces(), featureSpace, groups, layers, rebuild);
        List<GroupReport> reports;
        try (CommandSession session = CommandSession.open("index", root.debug);
                ProgressLine progress = ProgressLine.onStandardError()) {
            reports =
                    new IndexJob(session.spark(), request, state -> progress.show(text(state), state.seconds())).run();
        }
        print(reports);
    }

    private static String text(IndexProgress.State state) {
        return String.format(
                Locale.ROOT,
                "%d/%d groups, %.0f %% of %,d non-zeros, %,.0f s",
                state.groupsDone(),
                state.groups(),
                100 * state.done(),
                state.nonZeros(),
                state.seconds());
    }

    private void print(List<GroupReport> reports) {
        if (reports.isEmpty()) {
            System.err.println("hox: the latest snapshot of " + atlas.path + " has no groups that are sparse matrices");
        }
        List<GroupReport> failed = reports.stream()
                .filter(report -> report.state() == State.FAILED)
                .toList();
        failed.forEach(report -> System.err.println("hox: no copy of '" + report.group() + "': " + report.note()));
        new RowPrinter(System.out, format)
                .print(COLUMNS, reports.stream().map(IndexCommand::row).toList());
        if (!failed.isEmpty()) {
            throw new HoxException(
                    failed.size() + " of " + reports.size() + (reports.size() == 1 ? " group" : " groups")
                            + " could not be copied, see above; readers use what is stored by cells");
        }
    }

    private static List<Object> row(GroupReport report) {
        boolean indexed = report.state() == State.INDEXED;
        Object perEntry = indexed && report.nonZeros() > 0 ? (double) report.bytes() / report.nonZeros() : null;
        return Arrays.asList(
                report.group(),
                report.featureSpace(),
                report.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                indexed ? report.cells() : null,
                indexed ? report.features() : null,
                indexed ? report.nonZeros() : null,
                indexed ? report.bytes() : null,
                perEntry,
                indexed ? report.seconds() : null);
    }
}
