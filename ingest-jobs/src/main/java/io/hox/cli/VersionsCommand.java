package io.hox.cli;

import io.hox.atlas.Atlas;
import io.hox.atlas.Snapshot;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hox versions}: the snapshots of an atlas. */
@Command(
        name = "versions",
        description = "List the snapshots of an atlas.",
        footer = {"", "Examples:", "  hox versions my_atlas", "  hox versions s3a://bucket/atlas --format json"})
final class VersionsCommand implements Runnable {
    @Mixin
    private AtlasArgument argument;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public void run() {
        List<List<Object>> rows = new ArrayList<>();
        try (Atlas atlas = AtlasFiles.open(argument)) {
            for (Snapshot snapshot : atlas.snapshots()) {
                rows.add(List.of(
                        snapshot.version(),
                        snapshot.totalRows(),
                        List.copyOf(snapshot.obsTables().keySet()),
                        snapshot.createdAt()));
            }
        }
        if (rows.isEmpty() && format == OutputFormat.TABLE) {
            System.err.println("hox: no snapshot yet; run 'hox snapshot " + argument.path + "'");
        }
        new RowPrinter(System.out, format).print(List.of("version", "cells", "obs_tables", "created_at"), rows);
    }
}
