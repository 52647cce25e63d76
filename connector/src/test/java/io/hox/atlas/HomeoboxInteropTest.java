package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.lance.LanceTable;
import io.hox.testing.PythonEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Atlases of homeobox are extended, and homeobox opens what was written. */
class HomeoboxInteropTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "pbmc_two_datasets,gene_expression",
        "multimodal,gene_expression",
        "multimodal_lance21,gene_expression",
        "g2a_homeobox027,rna"
    })
    void anAtlasOfHomeoboxTakesAnotherDataset(String name, String field) throws IOException {
        AtlasUri uri = AtlasCopies.copy(name, directory);
        long version;
        long cells;
        try (AtlasWriter writer = AtlasWriter.open(uri, Map.of(), FeatureSpaces.none())) {
            assertThat(writer.validate()).isEmpty();
            List<String> known = firstFeatures(uri);
            new MadeDatasets(writer, field).write("added", List.of(known.get(0), "brand_new", known.get(1)), 7);
            writer.optimize();
            assertThat(writer.validate()).isEmpty();
            version = writer.snapshot();
        }
        try (Atlas atlas = Atlas.open(uri, Map.of())) {
            Snapshot latest = atlas.latestSnapshot();
            assertThat(latest.version()).isEqualTo(version);
            cells = latest.totalRows();
            for (Snapshot snapshot : atlas.snapshots()) {
                try (AtlasView view = atlas.view(snapshot)) {
                    assertThat(view.obs("cells").countRows(null)).isPositive();
                }
            }
            try (AtlasView view = atlas.view(latest)) {
                assertThat(view.obs("cells").countRows("dataset_uid = 'added'")).isEqualTo(7);
                assertThat(view.remap(
                                view.dataset("gene_expression", "added/rna").layoutUid()))
                        .hasSize(3)
                        .doesNotHaveDuplicates();
            }
        }
        JsonNode seen = homeobox(uri);
        assertThat(seen.get("validate")).isEmpty();
        assertThat(seen.get("uids").size()).isEqualTo((int) cells);
    }

    @Test
    void homeoboxReadsANewAtlas() throws IOException {
        AtlasUri uri = AtlasUri.resolve(directory.resolve("new").toString(), null);
        AtlasSchema schema = AtlasSchema.fromJson(
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"},
                                   "columns": {"cell_type": "enum", "score": "double", "seen": "timestamp"}}},
                 "registries": {"gene_expression": {"columns": {"gene_name": "string"}}}}
                """);
        try (AtlasWriter writer = AtlasWriter.create(uri, Map.of(), schema, FeatureSpaces.none())) {
            MadeDatasets datasets = new MadeDatasets(writer, "gene_expression");
            datasets.write("d1", List.of("a", "b", "c"), 5);
            datasets.write("d2", List.of("c", "d"), 9);
            datasets.write("d3", List.of("c", "e"), 3);
            datasets.registerGroup("d2", "d2/again", List.of("c", "d"), 2);
            writer.replaceCells("cells", datasets.fragments("d2", "d2/again", "d2", 2), "d2", true);
            writer.unregisterGroup("d2/rna");
            writer.removeDataset("d3");
            // Numbers the features, too.
            writer.snapshot();
        }
        JsonNode seen = homeobox(uri);
        assertThat(seen.get("validate")).isEmpty();
        assertThat(seen.get("uids").size()).isEqualTo(7);
        JsonNode matrix = seen.get("matrix");
        assertThat(matrix.get("shape").get(0).asInt()).isEqualTo(7);
        assertThat(matrix.get("shape").get(1).asInt()).isEqualTo(4);
        assertThat(matrix.get("sum").asDouble()).isEqualTo(2 * (1 + 2 + 3 + 4 + 5) + 2 * (1 + 2));
    }

    private static List<String> firstFeatures(AtlasUri uri) {
        try (Atlas atlas = Atlas.open(uri, Map.of());
                AtlasView view = atlas.view(atlas.latestSnapshot());
                LanceTable obs = view.obs("cells")) {
            assertThat(obs.countRows(null)).isPositive();
            Registry registry = view.registry("gene_expression");
            return List.of(registry.uid(0), registry.uid(1));
        }
    }

    private static JsonNode homeobox(AtlasUri uri) throws IOException {
        Path script = Path.of("src/test/python/check_atlas.py").toAbsolutePath();
        String output = PythonEnvironment.run(PythonEnvironment.homeobox(), script, uri.root());
        return JSON.readTree(output.substring(output.lastIndexOf('{', output.indexOf("\"validate\""))));
    }
}
