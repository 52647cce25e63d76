package io.hox.atlas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lance.FragmentMetadata;

/** What a process of its own does to an atlas in the tests of concurrent writers. */
final class WriterProcess {
    static final int CELLS = 20;

    private final AtlasWriter writer;
    private final MadeDatasets datasets;

    WriterProcess(AtlasWriter writer) {
        this.writer = writer;
        this.datasets = new MadeDatasets(writer, "rna");
    }

    /** Arguments: the atlas, then actions such as {@code add=d1,d2 snapshot}; {@code key->value} are storage options. */
    public static void main(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        List<String> actions = new ArrayList<>();
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            int arrow = argument.indexOf("->");
            if (arrow > 0) {
                options.put(argument.substring(0, arrow), argument.substring(arrow + 2));
            } else {
                actions.add(argument);
            }
        }
        try (AtlasWriter writer =
                AtlasWriter.open(AtlasUri.resolve(arguments[0], null), options, FeatureSpaces.none())) {
            WriterProcess process = new WriterProcess(writer);
            System.out.println("ready");
            for (String action : actions) {
                process.act(action);
            }
        }
    }

    void act(String action) {
        String verb = action.replaceAll("=.*", "");
        for (String argument : action.substring(action.indexOf('=') + 1).split(",")) {
            switch (verb) {
                case "add" -> System.out.println(argument + " " + add(argument));
                case "replace" -> replace(argument);
                case "remove" -> writer.removeDataset(argument);
                case "optimize" -> writer.optimize().forEach(System.out::println);
                case "snapshot" -> System.out.println("snapshot " + writer.snapshot());
                default -> throw new IllegalArgumentException(action);
            }
        }
    }

    /** As an ingest does: a group of its own, which goes again when another writer was faster. */
    boolean add(String dataset) {
        String group = register(dataset);
        boolean added = writer.addCells("cells", cells(dataset, group), dataset, false);
        if (!added && writer.unregisterGroup(group)) {
            writer.zarr().store().deleteRecursively(group);
        }
        return added;
    }

    void replace(String dataset) {
        List<String> old = new ArrayList<>();
        for (DatasetRow row : writer.datasets()) {
            if (row.datasetUid().equals(dataset)) {
                old.add(row.zarrGroup());
            }
        }
        String group = register(dataset);
        writer.replaceCells("cells", cells(dataset, group), dataset, true);
        old.forEach(writer::unregisterGroup);
    }

    /** Datasets share most of their features. */
    private String register(String dataset) {
        int first = Math.floorMod(dataset.hashCode(), 40);
        List<String> features = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            features.add("gene-" + (first + i));
        }
        String group = dataset + "/" + SnapshotTags.newPin();
        datasets.registerGroup(dataset, group, features, CELLS);
        return group;
    }

    private List<FragmentMetadata> cells(String dataset, String group) {
        return datasets.fragments(dataset, group, dataset, CELLS);
    }
}
