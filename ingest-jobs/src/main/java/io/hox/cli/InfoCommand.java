package io.hox.cli;

import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasView;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.FeatureOriented;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.LayerType;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hox info}: what an atlas holds and what it costs to store. */
@Command(
        name = "info",
        description = "Show tables, feature spaces, datasets, layers, cells and bytes of an atlas.",
        footer = {"", "Examples:", "  hox info my_atlas", "  hox info my_atlas --version 0 --format json"})
final class InfoCommand implements Runnable {
    @Mixin
    private AtlasArgument argument;

    @Option(names = "--version", paramLabel = "N", description = "The snapshot; default: the latest one.")
    private Long version;

    @Option(
            names = "--format",
            description = "${COMPLETION-CANDIDATES}; default: table. CSV and JSON print the datasets only.")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public void run() {
        try (Atlas atlas = AtlasFiles.open(argument)) {
            if (version == null && atlas.snapshots().isEmpty()) {
                UnpublishedInfo.print(argument, format);
                return;
            }
            Snapshot snapshot = version == null ? atlas.latestSnapshot() : atlas.snapshot(version);
            try (AtlasView view = atlas.view(snapshot)) {
                if (format == OutputFormat.TABLE) {
                    printSummary(view);
                }
                printDatasets(view);
            }
        }
    }

    private void printSummary(AtlasView view) {
        Snapshot snapshot = view.snapshot();
        System.out.println("atlas     " + snapshot.uri().root());
        System.out.println("snapshot  " + snapshot.version() + " of " + snapshot.createdAt() + " (generation "
                + snapshot.generation() + ")");
        System.out.println();
        RowPrinter printer = new RowPrinter(System.out, format);
        List<List<Object>> tables = new ArrayList<>();
        Set<String> spaces = new LinkedHashSet<>();
        for (String name : snapshot.obsTables().keySet()) {
            List<String> pointers = new ArrayList<>();
            for (PointerColumn pointer : view.pointers(name)) {
                pointers.add(pointer.name() + " (" + pointer.featureSpace() + ")");
                spaces.add(pointer.featureSpace());
            }
            tables.add(List.of(name, view.obs(name).countRows(null), pointers));
        }
        printer.print(List.of("obs_table", "cells", "pointer_columns"), tables);
        System.out.println();
        printer.print(
                List.of("feature_space", "kind", "features", "layers"),
                spaces.stream().map(space -> spaceRow(view, space)).toList());
        System.out.println();
    }

    private static List<Object> spaceRow(AtlasView view, String name) {
        FeatureSpace space = view.space(name);
        List<Object> row = new ArrayList<>();
        row.add(name);
        row.add(space.kind());
        row.add(space.hasFeatures() ? view.registry(name).size() : null);
        row.add(view.layerTypes(space).stream().map(LayerType::name).toList());
        return row;
    }

    private void printDatasets(AtlasView view) {
        List<List<Object>> rows = new ArrayList<>();
        long bytes = 0;
        long entries = 0;
        for (DatasetRow dataset : view.datasets()) {
            GroupSize size = GroupSize.of(view, dataset);
            List<Object> row = new ArrayList<>();
            row.add(dataset.datasetUid());
            row.add(dataset.zarrGroup());
            row.add(dataset.featureSpace());
            row.add(view.layers(view.space(dataset.featureSpace()), dataset.zarrGroup()));
            row.add(indexed(view, dataset));
            row.add(size.entries());
            row.add(size.bytes());
            row.add(size.entries() == 0 ? null : (double) size.bytes() / size.entries());
            rows.add(row);
            bytes += size.bytes();
            entries += size.entries();
        }
        List<String> columns = List.of(
                "dataset_uid",
                "zarr_group",
                "feature_space",
                "layers",
                "indexed",
                "entries",
                "bytes",
                "bytes_per_entry");
        new RowPrinter(System.out, format).print(columns, rows);
        if (format == OutputFormat.TABLE && entries > 0) {
            System.out.println();
            System.out.println(HumanBytes.of(bytes) + " of arrays, "
                    + String.format(Locale.ROOT, "%.2f", (double) bytes / entries)
                    + " bytes per stored entry (all layers together)");
        }
    }

    /** The layers of the group's feature-major copy. */
    private static List<String> indexed(AtlasView view, DatasetRow dataset) {
        FeatureOriented copy = view.space(dataset.featureSpace()).featureOriented();
        String group = dataset.zarrGroup() + "/";
        return copy == null || view.zarr().arrayOrNull(group + copy.pointersPath()) == null
                ? List.of()
                : view.zarr().arrayNames(group + copy.layersPath());
    }
}
