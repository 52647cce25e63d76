package io.hox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code hox query --out x.h5ad} gives what the original software's {@code to_anndata()} gave, for every query that was
 * recorded with the reference atlases.
 */
class GoldenQueryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Pointer columns that are not called like their feature space. */
    private static final Map<String, Map<String, String>> RENAMED_FIELDS = Map.of(
            "multimodal", Map.of("protein_abundance", "protein"),
            "multimodal_lance21", Map.of("protein_abundance", "protein"),
            "g2a_homeobox027", Map.of("gene_expression", "rna", "image_features", "features"));

    @TempDir
    static Path directory;

    @TestFactory
    Stream<DynamicTest> filesEqualTheOriginalsAnswers() {
        return Stream.of(
                        "pbmc_two_datasets",
                        "multimodal",
                        "multimodal_lance21",
                        "custom_space",
                        "images",
                        "g1_lancell",
                        "g1c_homeobox023",
                        "g2a_homeobox027")
                .flatMap(GoldenQueryTest::ofAtlas);
    }

    private static Stream<DynamicTest> ofAtlas(String atlas) {
        File[] queries = Shared.golden(atlas, "queries").toFile().listFiles(File::isDirectory);
        return Stream.of(queries)
                .sorted()
                .map(File::toPath)
                .map(query -> DynamicTest.dynamicTest(atlas + "/" + query.getFileName(), () -> check(atlas, query)));
    }

    private static void check(String atlas, Path golden) throws IOException {
        JsonNode result = JSON.readTree(golden.resolve("result.json").toFile());
        Path file = directory.resolve(atlas + "-" + golden.getFileName() + ".h5ad");

        Hox.output(command(atlas, golden.getFileName().toString(), result.path("query"), file)
                .toArray());

        Anndata actual = Anndata.read(file);
        boolean named = !golden.endsWith("v1_select_no_uid");
        if (named) {
            checkObs(GoldenParquet.read(golden.resolve("obs.parquet")), actual);
        }
        assertThat(actual.obsNames()).hasSize(result.path("n_obs").asInt());
        if (Files.exists(golden.resolve("var.parquet"))) {
            checkVar(GoldenParquet.read(golden.resolve("var.parquet")), actual);
        } else {
            assertThat(actual.varNames()).isEmpty();
        }
        if (named && Files.exists(golden.resolve("entries.parquet"))) {
            checkEntries(GoldenParquet.read(golden.resolve("entries.parquet")), layers(result), actual);
        }
        Files.delete(file);
    }

    private static List<String> command(String atlas, String name, JsonNode query, Path file) {
        List<String> command =
                new ArrayList<>(List.of("query", Shared.atlas(atlas).toString(), "--out", file.toString()));
        command.addAll(List.of("--version", name.startsWith("v1_") ? "1" : "0"));
        if (atlas.startsWith("multimodal")) {
            command.addAll(List.of("--obs-table", name.equals("rna_nuclei") ? "nuclei" : "cells"));
        }
        if (atlas.startsWith("g1") || atlas.startsWith("g2a")) {
            String space = query.path("space").asText("gene_expression");
            command.addAll(List.of("--field", fieldOf(atlas, space)));
        }
        if (query.has("select_fields")) {
            command.addAll(
                    List.of("--field", query.path("select_fields").path(0).asText()));
        }
        JsonNode features = query.path("features");
        if (features.isObject()) {
            String space = features.fieldNames().next();
            command.addAll(List.of("--field", fieldOf(atlas, space)));
            features = features.elements().next();
        }
        if (features.isArray()) {
            command.addAll(List.of("--features", joined(features)));
        }
        option(command, query, "where", "--where");
        option(command, query, "feature_join", "--feature-join");
        option(command, query, "limit", "--limit");
        option(command, query, "offset", "--offset");
        if (query.has("layers")) {
            command.addAll(
                    List.of("--layers", joined(query.path("layers").elements().next())));
        }
        if (query.has("select")) {
            command.addAll(List.of("--columns", joined(query.path("select"))));
        }
        return command;
    }

    private static String fieldOf(String atlas, String space) {
        return RENAMED_FIELDS.getOrDefault(atlas, Map.of()).getOrDefault(space, space);
    }

    private static void option(List<String> command, JsonNode query, String key, String option) {
        if (query.hasNonNull(key)) {
            command.addAll(List.of(option, query.path(key).asText()));
        }
    }

    private static String joined(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(text -> all.add(text.asText()));
        return String.join(",", all);
    }

    private static List<String> layers(JsonNode result) {
        List<String> layers = new ArrayList<>();
        result.path("layers").fieldNames().forEachRemaining(layers::add);
        return layers;
    }

    private static void checkObs(List<Map<String, Object>> golden, Anndata actual) {
        Map<String, Integer> rowOf = new HashMap<>();
        actual.obsNames().forEach(uid -> rowOf.put(uid, rowOf.size()));
        assertThat(rowOf.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        golden.stream().map(row -> (String) row.get("uid")).toList());
        for (Map<String, Object> row : golden) {
            Map<String, Object> wanted = new TreeMap<>(row);
            wanted.remove("uid");
            Map<String, Object> got = new TreeMap<>();
            actual.obs()
                    .forEach((column, values) -> got.put(
                            column, GoldenValues.like(wanted.get(column), values.get(rowOf.get(row.get("uid"))))));
            assertThat(got).as("obs of " + row.get("uid")).isEqualTo(GoldenValues.plain(wanted));
        }
    }

    private static void checkVar(List<Map<String, Object>> golden, Anndata actual) {
        assertThat(actual.varNames())
                .isEqualTo(golden.stream().map(row -> (String) row.get("uid")).toList());
        for (int i = 0; i < golden.size(); i++) {
            Map<String, Object> wanted = new TreeMap<>(golden.get(i));
            wanted.keySet().removeAll(List.of("uid", "position"));
            Map<String, Object> got = new TreeMap<>();
            int feature = i;
            actual.var().forEach((column, values) -> got.put(column, values.get(feature)));
            assertThat(got).as("var of " + golden.get(i).get("uid")).isEqualTo(wanted);
        }
    }

    private static void checkEntries(List<Map<String, Object>> golden, List<String> layers, Anndata actual) {
        for (int i = 0; i < layers.size(); i++) {
            String layer = layers.get(i);
            Map<String, Map<String, Number>> wanted = new TreeMap<>();
            actual.obsNames().forEach(uid -> wanted.put(uid, new TreeMap<>()));
            for (Map<String, Object> entry : golden) {
                wanted.get((String) entry.get("uid"))
                        .merge((String) entry.get("feature_uid"), (Number) entry.get(layer), GoldenQueryTest::sum);
            }
            wanted.values().forEach(cell -> cell.values().removeIf(value -> value.doubleValue() == 0));
            Map<String, Map<String, Number>> got = actual.matrix(i == 0 ? "X" : "layers/" + layer);
            for (String uid : actual.obsNames()) {
                assertThat(numbers(got.get(uid))).as(layer + " of " + uid).isEqualTo(numbers(wanted.get(uid)));
            }
        }
        assertThat(actual.matrixKeys()).hasSize(layers.size());
    }

    private static Number sum(Number a, Number b) {
        return a instanceof Long
                ? (Number) (a.longValue() + b.longValue())
                : (Number) (a.doubleValue() + b.doubleValue());
    }

    /** First-generation groups mix types: whole numbers compare as such whatever holds them. */
    private static Map<String, Number> numbers(Map<String, Number> cell) {
        Map<String, Number> plain = new TreeMap<>();
        cell.forEach((feature, value) -> {
            boolean whole = value instanceof Long || value.doubleValue() == value.longValue();
            plain.put(feature, whole ? (Number) value.longValue() : value);
        });
        return plain;
    }
}
