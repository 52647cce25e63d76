package io.hox.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.atlas.FeatureSpaces;
import io.hox.cli.Hox;
import io.hox.index.GroupReport.State;
import io.hox.index.MadeGroups.Group;
import io.hox.testing.Directories;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexJobTest {
    /** So small that features span several shards and cells several portions. */
    private static final CopyShapes SMALL = new CopyShapes(64, 256, 500, 3);

    @TempDir
    Path directory;

    private MadeGroups atlas;

    @BeforeEach
    void create() {
        atlas = new MadeGroups(directory.resolve("atlas").toString(), Map.of());
    }

    @AfterEach
    void close() {
        atlas.close();
    }

    @Test
    void copiesAreTranspositions() {
        Map<String, Group> groups = Map.of(
                "wide", MadeGroups.random(1, 300, 2000, 0.02),
                "narrow", MadeGroups.random(2, 3000, 6, 0.5),
                "deep/path/group", MadeGroups.random(3, 700, 90, 0.2),
                "one_cell", MadeGroups.of(5, new int[] {3, 1, 1, 3}),
                "no_entries", MadeGroups.of(4, new int[0], new int[0]),
                "one_feature", MadeGroups.of(1, new int[] {0}, new int[0], new int[] {0, 0}));
        groups.forEach(atlas::add);
        atlas.publish(false);

        List<GroupReport> reports = run(SMALL, List.of());

        assertThat(reports).allMatch(report -> report.state() == State.INDEXED);
        groups.forEach((name, group) -> {
            assertThat(copy(name)).as(name).isEqualTo(FeatureMajor.of(group));
            GroupReport report = reports.stream()
                    .filter(r -> r.group().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(report.cells()).isEqualTo(group.cells());
            assertThat(report.nonZeros()).isEqualTo(group.indices.length);
            assertThat(report.features()).isEqualTo(group.features);
            assertThat(report.bytes()).isPositive();
        });
        assertThat(atlas.writer().validate()).isEmpty();
    }

    @Test
    void theOrderOfCellsInTheTableMakesNoDifference() {
        Map<String, Group> groups = new TreeMap<>();
        for (int i = 0; i < 6; i++) {
            groups.put("group" + i, MadeGroups.random(i, 200 + 300 * i, 8 + i, 0.4));
        }
        groups.forEach(atlas::add);
        atlas.publish(true);

        assertThat(run(SMALL, List.of())).allMatch(report -> report.state() == State.INDEXED);

        groups.forEach((name, group) -> assertThat(copy(name)).as(name).isEqualTo(FeatureMajor.of(group)));
    }

    @Test
    void theNumberOfTasksAndTheSizeOfPortionsMakeNoDifference() throws IOException {
        atlas.add("a", MadeGroups.random(1, 900, 12, 0.5));
        atlas.add("b", MadeGroups.random(2, 500, 400, 0.1));
        atlas.publish(false);
        run(new CopyShapes(64, 256, 1 << 20, 1), List.of());
        Map<String, byte[]> expected = files();
        assertThat(expected).hasSizeGreaterThan(40);

        for (CopyShapes shapes : List.of(
                new CopyShapes(64, 256, 1 << 20, 2), new CopyShapes(64, 256, 300, 7), new CopyShapes(64, 256, 1, 2))) {
            removeCopies();
            run(shapes, List.of());
            assertThat(files().keySet()).isEqualTo(expected.keySet());
            files().forEach((name, bytes) ->
                    assertThat(bytes).as(name + " " + shapes).isEqualTo(expected.get(name)));
        }
    }

    @Test
    void groupsThatHaveACopyAreLeftAlone() throws IOException {
        atlas.add("a", MadeGroups.random(1, 50, 12, 0.5));
        atlas.publish(false);
        run(SMALL, List.of());
        Map<String, byte[]> before = files();
        atlas.add("b", MadeGroups.random(2, 60, 12, 0.5));
        atlas.publish(false);

        List<GroupReport> reports = run(new CopyShapes(64, 128, 500, 1), List.of());

        assertThat(reports).extracting(GroupReport::state).containsExactly(State.ALREADY_THERE, State.INDEXED);
        before.forEach((name, bytes) -> assertThat(directory.resolve(name)).hasBinaryContent(bytes));
    }

    @Test
    void aRebuiltCopyHasNothingOfTheOldOne() throws IOException {
        Group group = MadeGroups.random(1, 500, 12, 0.5);
        atlas.add("a", group);
        atlas.publish(false);
        run(SMALL, List.of());
        CopyShapes larger = new CopyShapes(64, 512, 500, 1);

        GroupReport report = job(larger, request(List.of("a"), List.of("counts"), true))
                .run()
                .get(0);

        assertThat(report.state()).isEqualTo(State.INDEXED);
        assertThat(copy("a").layers()).containsOnlyKeys("counts");
        assertThat(copy("a").rows()).isEqualTo(FeatureMajor.of(group).rows());
        Map<String, byte[]> rebuilt = files();
        removeCopies();
        job(larger, request(List.of("a"), List.of("counts"), false)).run();
        assertThat(files().keySet()).isEqualTo(rebuilt.keySet());
    }

    @Test
    void whatAnInterruptedRunLeftIsCompleted() throws IOException {
        atlas.add("a", MadeGroups.random(1, 500, 12, 0.5));
        atlas.publish(false);
        run(SMALL, List.of());
        Map<String, byte[]> whole = files();
        Files.delete(store("a/csc/indptr/zarr.json"));
        Files.write(store("a/csc/indices/c/1"), new byte[7]);
        Files.delete(store("a/csc/layers/counts/c/2"));
        Files.createDirectories(store("a/csc/layers/tpm/c"));

        assertThat(run(SMALL, List.of())).extracting(GroupReport::state).containsExactly(State.INDEXED);

        assertThat(files().keySet()).isEqualTo(whole.keySet());
        files().forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(whole.get(name)));
    }

    @Test
    void groupsWhoseCellsAreNotAllThereAreRefusedByName() {
        atlas.add("deleted", MadeGroups.random(1, 50, 12, 0.5));
        atlas.add("all_deleted", MadeGroups.random(2, 20, 12, 0.5));
        atlas.add("last_deleted", MadeGroups.of(2, new int[] {1}, new int[] {0}));
        atlas.add("whole", MadeGroups.random(3, 60, 12, 0.5));
        atlas.publish(false);
        atlas.delete("dataset_uid = 'all_deleted' OR rna.zarr_group = 'deleted' AND rna.zarr_row = 20"
                + " OR rna.zarr_group = 'last_deleted' AND rna.zarr_row = 1");

        List<GroupReport> reports = run(SMALL, List.of());

        assertThat(reports)
                .extracting(GroupReport::state)
                .containsExactly(State.FAILED, State.FAILED, State.FAILED, State.INDEXED);
        assertThat(reports.get(0).note()).contains("49 of its 50 rows", "deleted");
        assertThat(reports.get(1).note()).contains("no cell of the latest snapshot");
        assertThat(reports.get(2).note()).contains("1 of its 2 entries", "deleted");
        assertThat(store("deleted/csc")).doesNotExist();
    }

    @Test
    void aDamagedGroupDoesNotKeepOthersFromTheirs() throws IOException {
        atlas.add("feature_out_of_range", MadeGroups.of(2, new int[] {1}, new int[] {5}));
        atlas.add("shard_broken", MadeGroups.random(1, 500, 12, 0.5));
        atlas.add("layer_broken", MadeGroups.random(1, 500, 12, 0.5));
        atlas.add("layer_missing", MadeGroups.random(1, 50, 12, 0.5));
        Group sound = MadeGroups.random(1, 500, 12, 0.5);
        atlas.add("sound", sound);
        atlas.publish(true);
        Files.write(store("shard_broken/csr/indices/c/1"), new byte[100]);
        Files.write(store("layer_broken/csr/layers/counts/c/1"), new byte[100]);
        Directories.delete(store("layer_missing/csr/layers/counts"));

        List<GroupReport> reports = run(SMALL, List.of());

        assertThat(reports)
                .extracting(GroupReport::state)
                .containsExactly(State.FAILED, State.FAILED, State.FAILED, State.FAILED, State.INDEXED);
        assertThat(reports.get(0).note()).contains("feature index 5", "2 features");
        assertThat(reports.get(1).note()).contains("csr/indices");
        assertThat(reports.get(2).note()).contains("csr/layers/counts");
        assertThat(reports.get(3).note()).contains("counts", "none");
        assertThat(copy("sound")).isEqualTo(FeatureMajor.of(sound));
        for (String name : List.of("feature_out_of_range", "shard_broken", "layer_broken", "layer_missing")) {
            assertThat(store(name + "/csc/indptr/zarr.json")).as(name).doesNotExist();
        }
    }

    @Test
    void onlyWhatIsAskedForIsCopied() {
        atlas.add("a", MadeGroups.random(1, 50, 12, 0.5));
        atlas.add("b", MadeGroups.random(2, 50, 12, 0.5));
        atlas.publish(false);

        List<GroupReport> reports =
                job(SMALL, request(List.of("b"), List.of("counts"), false)).run();

        assertThat(reports).extracting(GroupReport::group).containsExactly("b");
        assertThat(store("a/csc")).doesNotExist();
        assertThat(copy("b").layers()).containsOnlyKeys("counts");
        GroupReport withoutCounts = job(SMALL, request(List.of("a"), List.of("log_normalized"), false))
                .run()
                .get(0);
        assertThat(withoutCounts.note()).contains("'counts'", "name it, too");
        assertThatThrownBy(() ->
                        job(SMALL, request(List.of("bb"), List.of(), false)).run())
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("no group 'bb', did you mean b?");
    }

    @Test
    void theCommandTellsWhatItDidAndFailsWhereAGroupWasRefused() {
        atlas.add("a", MadeGroups.of(2, new int[] {1}, new int[] {0}));
        atlas.add("b", MadeGroups.of(2, new int[] {1}, new int[] {0}));
        atlas.publish(false);
        atlas.delete("rna.zarr_group = 'b' AND rna.zarr_row = 0");

        Hox.Result first = Hox.run("index", atlas.root(), "--format", "csv");
        Hox.Result second = Hox.run("index", atlas.root(), "--group", "a", "--format", "csv");

        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.lines().get(0)).startsWith("zarr_group,feature_space,state,cells,features,non_zeros,bytes");
        assertThat(first.lines().get(1)).startsWith("a,gene_expression,indexed,2,2,2,");
        assertThat(first.lines().get(2)).startsWith("b,gene_expression,failed,");
        assertThat(first.err()).contains("no copy of 'b': the latest snapshot has 1 of its 2 rows");
        assertThat(second.exitCode()).isZero();
        assertThat(second.lines().get(1)).startsWith("a,gene_expression,already there,");
    }

    private List<GroupReport> run(CopyShapes shapes, List<String> groups) {
        return job(shapes, request(groups, List.of(), false)).run();
    }

    private IndexRequest request(List<String> groups, List<String> layers, boolean rebuild) {
        return new IndexRequest(atlas.root(), null, FeatureSpaces.none(), null, groups, layers, rebuild);
    }

    private static IndexJob job(CopyShapes shapes, IndexRequest request) {
        return new IndexJob(Hox.session(), request, IndexProgress.SILENT, shapes);
    }

    private FeatureMajor copy(String group) {
        return FeatureMajor.read(new ZarrHierarchy(atlas.writer().zarr().store(), new ZarrCache()), group);
    }

    private Path store(String key) {
        return directory.resolve("atlas/zarr_store").resolve(key);
    }

    private void removeCopies() throws IOException {
        for (String group : List.of("a", "b")) {
            Directories.delete(store(group + "/csc"));
        }
    }

    /** The files of all copies. */
    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory.resolve("atlas/zarr_store"))) {
            for (Path path : (Iterable<Path>) all::iterator) {
                String name = directory.relativize(path).toString();
                if (name.contains("/csc/") && Files.isRegularFile(path)) {
                    files.put(name, Files.readAllBytes(path));
                }
            }
        }
        return files;
    }
}
