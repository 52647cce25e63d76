package io.hox.cli;

import io.hox.HoxException;
import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasView;
import io.hox.atlas.DatasetRow;
import io.hox.atlas.FeatureColumn;
import io.hox.atlas.FeatureInDataset;
import io.hox.atlas.Registry;
import io.hox.atlas.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code hox features}: the registry of a feature space, and which datasets measured what. */
@Command(
        name = "features",
        description = "List features and the datasets that measured them.",
        footer = {
            "",
            "Examples:",
            "  hox features my_atlas --limit 20",
            "  hox features my_atlas --features CD3D,CD19",
            "  hox features my_atlas --feature-space protein_abundance --feature-key name --features CD3 --format json"
        })
final class FeaturesCommand implements Runnable {
    @Mixin
    private AtlasArgument argument;

    @Option(names = "--version", paramLabel = "N", description = "The snapshot; default: the latest one.")
    private Long version;

    @Option(
            names = "--feature-space",
            paramLabel = "S",
            description = "The feature space; needed where an atlas has several with features.")
    private String space;

    @Mixin
    private FeatureArguments features;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many features.")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; default: table.")
    private OutputFormat format = OutputFormat.TABLE;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit takes numbers from 0 on, not " + limit);
        }
        try (Atlas atlas = AtlasFiles.open(argument)) {
            Snapshot snapshot = version == null ? atlas.latestSnapshot() : atlas.snapshot(version);
            try (AtlasView view = atlas.view(snapshot)) {
                print(view, space == null ? onlySpace(snapshot) : space);
            }
        }
    }

    private static String onlySpace(Snapshot snapshot) {
        Set<String> spaces = new TreeSet<>(snapshot.registries().keySet());
        if (spaces.size() != 1) {
            throw new HoxException(
                    spaces.isEmpty()
                            ? "no feature space of the atlas has a registry"
                            : "several feature spaces have features: choose one with --feature-space "
                                    + String.join(" or ", spaces));
        }
        return spaces.iterator().next();
    }

    private void print(AtlasView view, String featureSpace) {
        Registry registry = view.registry(featureSpace);
        int[] rows = chosenRows(registry);
        List<String> uids = new ArrayList<>();
        for (int row : rows) {
            uids.add(registry.uid(row));
        }
        Map<String, Set<String>> datasets = new TreeMap<>();
        for (FeatureInDataset found : view.datasetsWithFeatures(featureSpace, uids)) {
            DatasetRow dataset = found.dataset();
            datasets.computeIfAbsent(found.featureUid(), uid -> new TreeSet<>()).add(dataset.datasetUid());
        }
        List<String> columns = new ArrayList<>(List.of("uid", "global_index"));
        registry.columns().forEach(column -> columns.add(column.name()));
        columns.add("datasets");
        List<List<Object>> printed = new ArrayList<>();
        for (int row : rows) {
            List<Object> values = new ArrayList<>();
            values.add(registry.uid(row));
            int global = registry.globalIndex(row);
            values.add(global == Registry.UNNUMBERED ? null : global);
            for (FeatureColumn column : registry.columns()) {
                values.add(column.value(row));
            }
            values.add(List.copyOf(datasets.getOrDefault(registry.uid(row), Set.of())));
            printed.add(values);
        }
        new RowPrinter(System.out, format).print(columns, printed);
    }

    private int[] chosenRows(Registry registry) {
        if (!features.given()) {
            int[] rows = new int[Math.min(limit, registry.size())];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = row;
            }
            return rows;
        }
        int[] globals = features.globalIndices(registry);
        int[] rows = new int[Math.min(limit, globals.length)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = registry.rowOf(globals[i]);
        }
        return rows;
    }
}
