package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.testing.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtlasCleanerTest {
    private static final AtlasSchema SCHEMA = AtlasSchema.fromJson(
            """
            {"obs": {"cells": {"pointers": {"rna": "gene_expression"}, "columns": {"n": "int64"}}},
             "registries": {"gene_expression": {"table": "genes", "columns": {"gene_name": "string"}}}}
            """);
    private static final List<String> GENES = List.of("a", "b", "c");

    @TempDir
    Path directory;

    private AtlasWriter writer;
    private MadeDatasets datasets;
    private Path store;

    @BeforeEach
    void create() {
        AtlasUri uri = AtlasUri.resolve(directory.resolve("atlas").toString(), null);
        writer = AtlasWriter.create(uri, Map.of(), SCHEMA, FeatureSpaces.none());
        datasets = new MadeDatasets(writer, "rna");
        store = Path.of(uri.store());
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void directoriesThatNothingNamesAreFoundWithSizeAndAge() throws IOException {
        write("d1", "d1/rna");
        write("d2", "d2/rna-old/deep/er");
        datasets.arrays("d1/rna-12345678", 3, 4);
        datasets.arrays("d2/rna-old/deep/other", 3, 4);
        datasets.arrays("crashed/rna", 3, 4);
        Files.createDirectories(store.resolve("d1/rna-12345678.rows"));
        Files.write(store.resolve("d1/rna-12345678.rows/0"), new byte[10]);
        Files.createDirectories(store.resolve("empty"));
        List<Leftover> found = writer.cleaner().find();
        assertThat(found)
                .extracting(Leftover::path)
                .containsExactly(
                        "crashed", "d1/rna-12345678", "d1/rna-12345678.rows", "d2/rna-old/deep/other", "empty");
        assertThat(found.get(2)).satisfies(rows -> {
            assertThat(rows.kind()).isEqualTo(Leftover.Kind.TEMPORARY);
            assertThat(rows.bytes()).isEqualTo(10);
            assertThat(rows.objects()).isEqualTo(1);
        });
        long now = System.currentTimeMillis();
        assertThat(found).allMatch(leftover -> Math.abs(leftover.modifiedMillis() - now) < 60_000);

        assertThat(found).allMatch(writer.cleaner()::delete);
        assertThat(writer.cleaner().find()).isEmpty();
        assertThat(writer.validate()).isEmpty();
        assertThat(store.resolve("d2/zarr.json")).exists();
        assertThat(store.resolve("crashed")).doesNotExist();
    }

    @Test
    void whatSnapshotsNameStaysWhateverHappensToTheLatestState() throws IOException {
        write("d1", "d1/rna");
        write("d2", "d2/rna");
        writer.snapshot();
        writer.removeDataset("d1");
        datasets.registerGroup("d2", "d2/new", GENES, 4);
        writer.replaceCells("cells", datasets.fragments("d2", "d2/new", "d2", 4), "d2", true);
        assertThat(writer.unregisterGroup("d2/rna")).isFalse();
        assertThat(writer.cleaner().find()).isEmpty();
        for (String group : List.of("d1/rna", "d2/rna", "d2/new", "d1", "d2")) {
            Leftover claimed = new Leftover(Leftover.Kind.DIRECTORY, group, "", 1, 1, 0);
            assertThat(writer.cleaner().delete(claimed)).as(group).isFalse();
        }
        Leftover outside = new Leftover(Leftover.Kind.DIRECTORY, "../lance_db", "", 1, 1, 0);
        assertThatThrownBy(() -> writer.cleaner().delete(outside)).hasMessageContaining("leaves the store");
        assertThat(Directories.files(store)).contains("d1/rna/zarr.json", "d2/rna/zarr.json", "d2/new/zarr.json");
    }

    @Test
    void withoutSnapshotsRemovedDatasetsAreLeftovers() {
        write("d1", "d1/rna");
        write("d2", "d2/rna");
        writer.removeDataset("d1");
        AtlasCleaner cleaner = writer.cleaner();
        List<Leftover> found = cleaner.find();
        assertThat(found).extracting(Leftover::path).containsExactly("d1");
        // Registered again between the search and the deletion.
        datasets.registerGroup("d1", "d1/again", GENES, 4);
        assertThat(cleaner.delete(found.get(0))).isFalse();
        assertThat(store.resolve("d1/rna")).exists();
    }

    @Test
    void rowsWithoutCellsAreFound() {
        write("d1", "d1/rna");
        datasets.registerGroup("d1", "d1/lost", GENES, 4);
        datasets.registerGroup("d2", "d2/rna", GENES, 4);
        AtlasCleaner cleaner = writer.cleaner();
        List<Leftover> found = cleaner.find();
        assertThat(found).extracting(Leftover::kind).containsExactly(Leftover.Kind.ROW, Leftover.Kind.EMPTY_DATASET);
        assertThat(found).extracting(Leftover::path).containsExactly("d1/lost", "d2/rna");
        assertThat(found).extracting(Leftover::datasetUid).containsExactly("d1", "d2");
        assertThat(cleaner.delete(found.get(0))).isTrue();
        assertThat(cleaner.delete(found.get(1))).isFalse();
        assertThat(writer.datasets()).extracting(DatasetRow::zarrGroup).containsExactly("d1/rna", "d2/rna");
        assertThat(cleaner.find())
                .extracting(Leftover::kind)
                .containsExactly(Leftover.Kind.EMPTY_DATASET, Leftover.Kind.DIRECTORY);
    }

    @Test
    void nothingOutsideTheStoreIsTouched() throws IOException {
        write("d1", "d1/rna");
        Path outside = Files.createDirectories(directory.resolve("outside/deep"));
        Files.writeString(outside.resolve("mine"), "x");
        Files.createSymbolicLink(store.resolve("link"), outside);
        datasets.arrays("crashed/rna", 3, 4);
        Files.createSymbolicLink(store.resolve("crashed/link"), outside);
        AtlasCleaner cleaner = writer.cleaner();
        List<Leftover> found = cleaner.find();
        assertThat(found).extracting(Leftover::path).containsExactly("crashed");
        assertThat(cleaner.delete(found.get(0))).isTrue();
        assertThat(outside.resolve("mine")).exists();

        Files.delete(store.resolve("zarr.json"));
        assertThatThrownBy(cleaner::find).hasMessageContaining("no Zarr group document");
    }

    @Test
    void tablesInsideTheStoreAreInUse() throws IOException {
        AtlasUri uri = AtlasUri.resolve(
                directory.resolve("both/lance_db").toString(),
                directory.resolve("other").toString());
        AtlasWriter.create(uri, Map.of(), SCHEMA, FeatureSpaces.none()).close();
        Path around = directory.resolve("both");
        Files.copy(directory.resolve("other/zarr.json"), around.resolve("zarr.json"));
        AtlasUri inside = AtlasUri.resolve(around.toString(), around.toString());
        try (AtlasWriter both = AtlasWriter.open(inside, Map.of(), FeatureSpaces.none())) {
            assertThat(both.cleaner().find()).isEmpty();
        }
    }

    private void write(String dataset, String group) {
        datasets.registerGroup(dataset, group, GENES, 4);
        writer.addCells("cells", datasets.fragments(dataset, group, dataset, 4), dataset, true);
    }
}
