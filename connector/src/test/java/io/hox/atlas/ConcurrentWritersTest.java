package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import io.hox.testing.Jvm;
import io.hox.testing.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several writers of one atlas at once, in threads and in processes of their own. */
@Timeout(300)
class ConcurrentWritersTest {
    static final AtlasSchema SCHEMA = AtlasSchema.fromJson(
            """
            {"obs": {"cells": {"pointers": {"rna": "gene_expression"}, "columns": {"n": "int64"}}},
             "registries": {"gene_expression": {"table": "genes", "columns": {"gene_name": "string"}}}}
            """);

    @TempDir
    Path directory;

    @Test
    void processesThatAddOverlappingDatasetsLoseAndDoubleNothing() throws Exception {
        create().close();
        List<String> outputs = processes(
                uri(),
                Map.of(),
                "add=shared,a1,a2,a3,a4,same snapshot",
                "add=shared,b1,b2,b3,b4,same optimize snapshot",
                "add=same,c1,c2,c3,c4,shared snapshot optimize",
                "add=d1,same,d2,d3,shared,d4 optimize snapshot");
        String all = String.join("\n", outputs);
        assertThat(occurrences(all, "shared true")).isEqualTo(1);
        assertThat(occurrences(all, "same true")).isEqualTo(1);
        assertThat(Pattern.compile("snapshot (\\d+)").matcher(all).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrder("0", "1", "2", "3");
        try (AtlasWriter writer = open()) {
            assertThat(cells(writer)).hasSize(18 * WriterProcess.CELLS).doesNotHaveDuplicates();
            checkWhole(writer);
        }
        checkSnapshots(uri());
    }

    @Test
    void processesShareAnAtlasOnS3() throws Exception {
        S3Server server = S3Server.running();
        AtlasUri uri = AtlasUri.resolve("s3a://" + server.bucket() + "/atlas", null);
        AtlasWriter.create(uri, server.options(), SCHEMA, FeatureSpaces.none()).close();
        List<String> outputs = processes(uri, server.options(), "add=same,a1 snapshot", "add=b1,same snapshot");
        assertThat(occurrences(String.join("\n", outputs), "same true")).isEqualTo(1);
        try (AtlasWriter writer = AtlasWriter.open(uri, server.options(), FeatureSpaces.none())) {
            assertThat(cells(writer)).hasSize(3 * WriterProcess.CELLS).doesNotHaveDuplicates();
            writer.removeDataset("b1");
            assertThat(writer.validate()).isEmpty();
            assertThat(writer.cleaner().find()).isEmpty();
        }
        checkSnapshots(uri, server.options());
    }

    @Test
    void threadsShareAWriter() throws Exception {
        try (AtlasWriter writer = create()) {
            WriterProcess process = new WriterProcess(writer);
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (String dataset : List.of("a", "b", "a", "c", "b", "a")) {
                tasks.add(() -> process.add(dataset));
            }
            assertThat(inThreads(tasks)).containsExactlyInAnyOrder(true, true, true, false, false, false);
            assertThat(cells(writer)).hasSize(3 * WriterProcess.CELLS).doesNotHaveDuplicates();
            assertThat(writer.datasets()).hasSize(3);
            checkWhole(writer);
        }
    }

    @Test
    void numbersOnceGivenNeverChange() throws Exception {
        create().close();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String name = "t" + thread;
            tasks.add(() -> {
                try (AtlasWriter writer = open()) {
                    for (int round = 0; round < 5; round++) {
                        List<Map<String, String>> features = new ArrayList<>();
                        for (int i = 0; i < 20; i++) {
                            features.add(Map.of("uid", i % 2 == 0 ? "shared-" + round + i : name + round + i));
                        }
                        writer.registerFeatures("gene_expression", features);
                        writer.snapshot();
                    }
                }
                return true;
            });
        }
        inThreads(tasks);
        Map<String, Integer> numbers = new HashMap<>();
        try (Atlas atlas = Atlas.open(uri(), Map.of())) {
            assertThat(atlas.snapshots()).hasSize(20);
            for (Snapshot snapshot : atlas.snapshots()) {
                try (AtlasView view = atlas.view(snapshot)) {
                    Registry registry = view.registry("gene_expression");
                    for (int row = 0; row < registry.size(); row++) {
                        int number = registry.globalIndex(row);
                        Integer before = numbers.put(registry.uid(row), number);
                        assertThat(before == null || before == number).isTrue();
                    }
                }
            }
        }
        assertThat(numbers.values().stream().sorted().toList())
                .isEqualTo(IntStream.range(0, 250).boxed().toList());
    }

    @Test
    void snapshotsTakenWhileDatasetsComeChangeAndGoAreWhole() throws Exception {
        try (AtlasWriter writer = create();
                AtlasWriter other = open()) {
            WriterProcess process = new WriterProcess(writer);
            process.act("add=kept,changed,removed");
            List<Callable<Boolean>> tasks = new ArrayList<>();
            tasks.add(() -> {
                process.act("add=n1,n2,n3");
                process.act("remove=removed");
                process.act("add=n4");
                return true;
            });
            tasks.add(() -> {
                new WriterProcess(other).act("replace=changed,changed,changed");
                return true;
            });
            tasks.add(() -> {
                try (AtlasWriter third = open()) {
                    for (int i = 0; i < 3; i++) {
                        third.snapshot();
                        third.optimize();
                    }
                }
                return true;
            });
            inThreads(tasks);
            writer.snapshot();
            checkWhole(writer);
            assertThat(cells(writer)).hasSize(6 * WriterProcess.CELLS).doesNotHaveDuplicates();
        }
        try (Atlas atlas = Atlas.open(uri(), Map.of())) {
            assertThat(atlas.snapshots()).hasSize(4);
        }
        checkSnapshots(uri());
    }

    @Test
    void oldSnapshotsKeepWhatWasReplacedAndRemoved() {
        try (AtlasWriter writer = create()) {
            MadeDatasets datasets = new MadeDatasets(writer, "rna");
            datasets.write("d1", List.of("a", "b"), 3);
            datasets.write("d2", List.of("b", "c"), 4);
            writer.snapshot();
            datasets.registerGroup("d1", "d1/new", List.of("a", "b", "e"), 5);
            assertThat(writer.replaceCells("cells", datasets.fragments("d9", "d1/new", "d9", 5), "d9", true))
                    .isFalse();
            assertThat(writer.replaceCells("cells", datasets.fragments("d1", "d1/new", "d1", 5), "d1", true))
                    .isTrue();
            assertThat(writer.unregisterGroup("d1/rna")).isFalse();
            writer.snapshot();
            assertThat(writer.removeCells("d2")).isEqualTo(4);
            writer.removeDataset("d2");
            writer.optimize();
            writer.snapshot();
            assertThat(writer.validate()).isEmpty();
        }
        try (Atlas atlas = Atlas.open(uri(), Map.of())) {
            assertThat(atlas.snapshots()).extracting(Snapshot::totalRows).containsExactly(7L, 9L, 5L);
            assertThat(groups(atlas, 0)).containsExactly("d1/rna", "d2/rna");
            assertThat(groups(atlas, 1)).containsExactly("d1/new", "d2/rna");
            assertThat(groups(atlas, 2)).containsExactly("d1/new");
            atlas.snapshots().forEach(snapshot -> checkReadable(atlas, snapshot));
        }
    }

    private Set<String> groups(Atlas atlas, long snapshot) {
        Set<String> groups = new TreeSet<>();
        try (AtlasView view = atlas.view(atlas.snapshot(snapshot))) {
            view.datasets().forEach(row -> groups.add(row.zarrGroup()));
        }
        return groups;
    }

    /** No findings, every feature and every layout row once, numbers from 0 without gaps. */
    static void checkWhole(AtlasWriter writer) {
        writer.optimize();
        assertThat(writer.validate()).isEmpty();
        assertThat(writer.notes()).isEmpty();
        List<Long> numbers = new ArrayList<>();
        Set<String> uids = new HashSet<>();
        try (LanceTable genes = table(writer, "genes");
                LanceScan scan = genes.scan(ScanRequest.ALL)) {
            while (scan.next()) {
                for (int row = 0; row < scan.batch().getRowCount(); row++) {
                    numbers.add(ArrowValues.integer(scan.batch().getVector("global_index"), row));
                    assertThat(uids.add(ArrowValues.text(scan.batch().getVector("uid"), row)))
                            .isTrue();
                }
            }
        }
        numbers.sort(null);
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(i);
        }
    }

    /** Every snapshot has whole datasets and can be read. */
    static void checkSnapshots(AtlasUri uri) {
        checkSnapshots(uri, Map.of());
    }

    private static void checkSnapshots(AtlasUri uri, Map<String, String> options) {
        try (Atlas atlas = Atlas.open(uri, options)) {
            for (Snapshot snapshot : atlas.snapshots()) {
                assertThat(snapshot.totalRows() % WriterProcess.CELLS).isZero();
                checkReadable(atlas, snapshot);
            }
        }
    }

    private static void checkReadable(Atlas atlas, Snapshot snapshot) {
        try (AtlasView view = atlas.view(snapshot)) {
            Registry registry = view.registry("gene_expression");
            for (int row = 0; row < registry.size(); row++) {
                assertThat(registry.globalIndex(row)).isNotNegative();
            }
            for (DatasetRow dataset : view.datasets()) {
                assertThat(view.remap(dataset.layoutUid())).isNotEmpty();
                assertThat(view.zarr().groupExists(dataset.zarrGroup())).isTrue();
            }
            assertThat(view.obs("cells").countRows(null)).isEqualTo(snapshot.totalRows());
        }
    }

    private static LanceTable table(AtlasWriter writer, String name) {
        return LanceDatabase.open(writer.uri().database(), writer.options()).open(name);
    }

    static List<String> cells(AtlasWriter writer) {
        List<String> uids = new ArrayList<>();
        try (LanceTable obs = table(writer, "cells");
                LanceScan scan = obs.scan(ScanRequest.ALL.withColumns("uid"))) {
            while (scan.next()) {
                FieldVector vector = scan.batch().getVector("uid");
                for (int row = 0; row < scan.batch().getRowCount(); row++) {
                    uids.add(ArrowValues.text(vector, row));
                }
            }
        }
        return uids;
    }

    private static <T> List<T> inThreads(List<Callable<T>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : executor.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Runs one process for each line of actions at the same time, and returns what they print. */
    private List<String> processes(AtlasUri uri, Map<String, String> options, String... actions) throws Exception {
        List<Process> running = new ArrayList<>();
        List<Path> logs = new ArrayList<>();
        for (String line : actions) {
            Path log = directory.resolve("process-" + logs.size() + ".log");
            logs.add(log);
            List<String> arguments = new ArrayList<>(List.of(uri.root()));
            options.forEach((key, value) -> arguments.add(key + "->" + value));
            arguments.addAll(List.of(line.split(" ")));
            running.add(Jvm.start(WriterProcess.class, log, arguments));
        }
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            boolean ended = running.get(i).waitFor(200, TimeUnit.SECONDS);
            running.get(i).destroyForcibly();
            String output = Files.readString(logs.get(i));
            assertThat(ended && running.get(i).exitValue() == 0).as(output).isTrue();
            outputs.add(output);
        }
        return outputs;
    }

    private static int occurrences(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private AtlasUri uri() {
        return AtlasUri.resolve(directory.resolve("atlas").toString(), null);
    }

    private AtlasWriter create() {
        return AtlasWriter.create(uri(), Map.of(), SCHEMA, FeatureSpaces.none());
    }

    private AtlasWriter open() {
        return AtlasWriter.open(uri(), Map.of(), FeatureSpaces.none());
    }
}
