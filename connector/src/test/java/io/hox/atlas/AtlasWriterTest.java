package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceTable;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtlasWriterTest {
    private static final FeatureSpaces NO_MORE = FeatureSpaces.none();
    private static final AtlasSchema SCHEMA = AtlasSchema.fromJson(
            """
            {"obs": {"cells": {"pointers": {"rna": "gene_expression"},
                               "columns": {"cell_type": "enum", "n": "int64",
                                           "batch": {"type": "string", "nullable": false}}}},
             "datasets": {"columns": {"title": "string"}},
             "registries": {"gene_expression": {"table": "genes", "columns": {"gene_name": "string"},
                                                "stable_uid": "gene_name"}}}
            """);

    @TempDir
    Path directory;

    @Test
    void aDatasetIsSeenByReadersAfterTheSnapshot() {
        try (AtlasWriter writer = create()) {
            assertThat(writer.validate()).isEmpty();
            MadeDatasets datasets = new MadeDatasets(writer, "rna");
            datasets.write("d1", List.of("b", "é", "a", "Z"), 6);
            datasets.write("d2", List.of("c", "a"), 3);
            assertThat(writer.validate()).isEmpty();
            assertThat(writer.notes()).hasSize(2).allMatch(note -> note.contains("no global_index yet"));
            assertThat(writer.snapshot()).isZero();
            assertThat(writer.notes()).isEmpty();
            datasets.write("d3", List.of("a", "B"), 2);
            writer.optimize();
            assertThat(writer.snapshot()).isEqualTo(1);
        }
        try (Atlas atlas = Atlas.open(uri(), Map.of())) {
            assertThat(atlas.snapshots()).extracting(Snapshot::totalRows).containsExactly(9L, 11L);
            try (AtlasView view = atlas.view(atlas.snapshot(0))) {
                assertThat(view.obs("cells").countRows(null)).isEqualTo(9);
                assertThat(view.datasets()).hasSize(2);
            }
            try (AtlasView view = atlas.view(atlas.latestSnapshot())) {
                Registry registry = view.registry("gene_expression");
                // Byte order of the uids among the new ones; numbers once given stay.
                assertThat(List.of("Z", "a", "b", "c", "é", "B"))
                        .extracting(uid -> registry.globalIndex(registry.rowOf(uid)))
                        .containsExactly(0, 1, 2, 3, 4, 5);
                assertThat(view.remap(Uids.layout(List.of("b", "é", "a", "Z")))).containsExactly(2, 4, 1, 0);
                assertThat(view.zarr().array("d1/rna/csr/layers/counts").shape())
                        .containsExactly(12);
            }
        }
    }

    @Test
    void tablesHaveTheFormatsSchemas() {
        try (AtlasWriter writer = create()) {
            assertThat(writer.obsSchema("cells").findField("rna").getMetadata())
                    .containsEntry("homeobox.feature_space", "gene_expression");
            assertThat(writer.obsSchema("cells").findField("batch").isNullable())
                    .isFalse();
            assertThat(writer.obsSchema("cells").findField("cell_type").getDictionary())
                    .isNotNull();
            assertThat(writer.registrySchema("gene_expression")
                            .findField("gene_name")
                            .getMetadata())
                    .containsEntry("homeobox.stable_uid", "true");
            assertThat(writer.datasetSchema().getFields())
                    .extracting(f -> f.getName())
                    .containsExactly("dataset_uid", "zarr_group", "feature_space", "layout_uid", "created_at", "title");
        }
    }

    @Test
    void nothingThatExistsIsOverwritten() throws IOException {
        create().close();
        assertThatThrownBy(() -> create()).hasMessageContaining("there is an atlas");
        Path other = directory.resolve("other");
        Files.createDirectories(other.resolve("zarr_store"));
        Files.writeString(other.resolve("zarr_store/mine.txt"), "x");
        AtlasUri taken = AtlasUri.resolve(other.toString(), null);
        assertThatThrownBy(() -> AtlasWriter.create(taken, Map.of(), SCHEMA, NO_MORE))
                .hasMessageContaining("not empty");
        assertThat(other.resolve("lance_db")).doesNotExist();
        AtlasSchema wrong =
                AtlasSchema.fromJson("{\"obs\": {\"cells\": {\"pointers\": {\"rna\": \"gene_expresion\"}}}}");
        AtlasUri fresh = AtlasUri.resolve(directory.resolve("fresh").toString(), null);
        assertThatThrownBy(() -> AtlasWriter.create(fresh, Map.of(), wrong, NO_MORE))
                .hasMessageContaining("gene_expresion")
                .hasMessageContaining("gene_expression");
        assertThat(directory.resolve("fresh")).doesNotExist();
    }

    @Test
    void schemasSurviveTheirJsonForm() {
        assertThat(AtlasSchema.fromJson(SCHEMA.toJson())).isEqualTo(SCHEMA);
        assertThatThrownBy(() -> AtlasSchema.fromJson("{\"obs\": 3}")).hasMessageContaining("JSON object");
        assertThatThrownBy(() -> AtlasSchema.fromJson("{\"cells\": {}}")).hasMessageContaining("unknown member");
        assertThatThrownBy(() -> ColumnSpec.nullable("x", "integer")).hasMessageContaining("int64");
    }

    @Test
    void everyStepMayBeRepeatedAfterACrash() {
        try (AtlasWriter writer = create()) {
            MadeDatasets datasets = new MadeDatasets(writer, "rna");
            List<String> features = List.of("a", "b");
            datasets.register("d1", features, 3);
            writer.optimize();
            assertThat(writer.validate()).isEmpty();
            assertThat(writer.isComplete("d1")).isFalse();

            assertThat(writer.registerFeatures("gene_expression", List.of(Map.of("uid", "a"))))
                    .isZero();
            String layout = writer.registerLayout("gene_expression", features);
            writer.registerDatasets(Map.of(datasets.row("d1", "d1/rna", layout), 3L));
            assertThat(writer.datasets()).hasSize(1);
            assertThatThrownBy(() -> writer.registerDatasets(
                            Map.of(new DatasetRow("d9", "d1/rna", "gene_expression", layout, null, Map.of()), 3L)))
                    .hasMessageContaining("belongs to the dataset d1");

            var fragments = datasets.fragments("d1", "d1", 3);
            assertThat(writer.addCells("cells", fragments, "d1", true)).isTrue();
            assertThat(writer.addCells("cells", fragments, "d1", true)).isFalse();
            assertThat(writer.isComplete("d1")).isTrue();
            assertThat(writer.validate()).isEmpty();
        }
    }

    @Test
    void uidsThatAreTakenAreRefused() {
        try (AtlasWriter writer = create()) {
            MadeDatasets datasets = new MadeDatasets(writer, "rna");
            datasets.write("d1", List.of("a", "b"), 3);
            var taken = datasets.fragments("d2", "d1", 2);
            assertThatThrownBy(() -> writer.addCells("cells", taken, "d2", false))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("d1-0, d1-1");
            var twice = new ArrayList<>(datasets.fragments("d2", "x", 2));
            twice.addAll(datasets.fragments("d2", "x", 1));
            assertThatThrownBy(() -> writer.addCells("cells", twice, "d2", false))
                    .hasMessageContaining("x-0");
            assertThat(cells(writer)).isEqualTo(3);
        }
    }

    @Test
    void wrongPointersGroupsAndFeaturesAreFound() {
        try (AtlasWriter writer = create()) {
            MadeDatasets datasets = new MadeDatasets(writer, "rna");
            datasets.register("d1", List.of("a", "b"), 3);
            writer.addCells("cells", datasets.fragments("d1", "d1", 5), "d1", true);
            writer.addCells("cells", datasets.fragments("nowhere", "d2", 1), "nowhere", true);
            writer.optimize();
            assertThat(writer.validate())
                    .hasSize(2)
                    .anyMatch(f -> f.contains("2 cell(s) point beyond the arrays of the group 'd1/rna'"))
                    .anyMatch(f -> f.contains("1 cell(s) point to the group 'nowhere/rna'"));
            assertThatThrownBy(() -> writer.registerLayout("gene_expression", List.of("a", "zz")))
                    .hasMessageContaining("[zz]");
            assertThatThrownBy(() -> writer.registerLayout("gene_expression", List.of("a", "a")))
                    .hasMessageContaining("twice");
            assertThatThrownBy(() -> writer.registerDatasets(
                            Map.of(new DatasetRow("d3", "absent", "gene_expression", "x", null, Map.of()), 1L)))
                    .hasMessageContaining("does not exist");
            assertThatThrownBy(() -> writer.registerFeatures("protein_abundance", List.of()))
                    .hasMessageContaining("no registry");
            try (var files = writer.zarr().store()) {
                files.deleteRecursively("d1");
            }
            assertThat(writer.validate()).anyMatch(f -> f.contains("Zarr group 'd1/rna'") && f.contains("not exist"));
        }
    }

    @Test
    void rowsThatRacingWritersDoubledAreRemoved() {
        try (AtlasWriter writer = create()) {
            MadeDatasets datasets = new MadeDatasets(writer, "rna");
            datasets.write("d1", List.of("a", "b"), 3);
            writer.optimize();
            try (LanceDatabase db = LanceDatabase.open(uri().database(), Map.of());
                    LanceTable genes = db.open("genes");
                    VectorSchemaRoot rows = TableRows.of(
                            genes.schema(), List.of(Map.of("uid", "a"), Map.of("uid", "c"), Map.of("uid", "c")), "")) {
                genes.append(rows);
            }
            writer.optimize();
            assertThat(writer.validate()).isEmpty();
            writer.snapshot();
        }
        try (Atlas atlas = Atlas.open(uri(), Map.of());
                AtlasView view = atlas.view(atlas.latestSnapshot())) {
            Registry registry = view.registry("gene_expression");
            assertThat(registry.size()).isEqualTo(3);
            assertThat(List.of("a", "b", "c"))
                    .extracting(uid -> registry.globalIndex(registry.rowOf(uid)))
                    .containsExactly(0, 1, 2);
        }
    }

    @Test
    void aRestoredSnapshotIsTheLatestStateAgain() {
        try (AtlasWriter writer = create()) {
            MadeDatasets datasets = new MadeDatasets(writer, "rna");
            datasets.write("d1", List.of("a", "b"), 3);
            writer.optimize();
            writer.snapshot();
            datasets.write("d2", List.of("a", "c"), 2);
            writer.optimize();
            writer.snapshot();
            writer.restore(0);
            assertThat(cells(writer)).isEqualTo(3);
            assertThat(writer.datasets()).hasSize(1);
            assertThat(writer.snapshot()).isEqualTo(2);
            assertThatThrownBy(() -> writer.restore(7)).hasMessageContaining("no version 7");
        }
    }

    @Test
    void snapshotsKeepTheirVersionsTagged() {
        try (AtlasWriter writer = create()) {
            new MadeDatasets(writer, "rna").write("d1", List.of("a", "b"), 3);
            writer.optimize();
            writer.snapshot();
            try (LanceDatabase db = LanceDatabase.open(uri().database(), Map.of())) {
                for (String name : List.of("cells", "datasets", "genes", "_feature_layouts")) {
                    try (LanceTable table = db.open(name)) {
                        assertThat(table.history().tags()).containsEntry("atlas-version-0", table.version());
                    }
                }
            }
        }
    }

    @Test
    void theFirstGenerationIsReadOnly() {
        AtlasUri old = AtlasUri.resolve(Shared.atlas("g1_lancell").toString(), null);
        assertThatThrownBy(() -> AtlasWriter.open(old, Map.of(), NO_MORE))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("first generation");
        assertThatThrownBy(() -> AtlasWriter.open(uri(), Map.of(), NO_MORE)).hasMessageContaining("no atlas");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbmc_two_datasets",
                "multimodal",
                "multimodal_lance21",
                "fragments",
                "images",
                "edge_cases",
                "custom_space",
                "g2a_homeobox027"
            })
    void atlasesOfHomeoboxHaveNoFindings(String name) {
        AtlasUri place = AtlasUri.resolve(Shared.atlas(name).toString(), null);
        try (AtlasWriter writer = AtlasWriter.open(place, Map.of(), NO_MORE)) {
            assertThat(writer.validate()).isEmpty();
        }
    }

    private AtlasUri uri() {
        return AtlasUri.resolve(directory.resolve("atlas").toString(), null);
    }

    private AtlasWriter create() {
        return AtlasWriter.create(uri(), Map.of(), SCHEMA, NO_MORE);
    }

    private static long cells(AtlasWriter writer) {
        try (LanceTable table = writer.obsRef("cells").open()) {
            return table.countRows(null);
        }
    }
}
