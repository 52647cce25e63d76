package io.hox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.ingest.Disk;
import io.hox.testing.Directories;
import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code versions}, {@code info}, {@code features}, {@code validate}: what an atlas is, without Spark. */
class LookAroundTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("io.hox.testing.Shared#ATLASES")
    void everyAtlasCanBeLookedAt(String name) throws IOException {
        Path atlas = Shared.atlas(name);
        Map<String, Long> before = Disk.listing(atlas);

        List<Map<?, ?>> versions = json("versions", atlas, "--format", "json");
        List<Map<?, ?>> datasets = json("info", atlas, "--format", "json");
        String info = Hox.output("info", atlas);

        int last = versions.size() - 1;
        List<Map<String, Object>> golden = GoldenParquet.read(Shared.golden(name, "v" + last + "/datasets.parquet"));
        assertThat(versions.get(last).get("version")).isEqualTo(last);
        assertThat(datasets).hasSameSizeAs(golden);
        assertThat(info).contains("snapshot  " + last, "obs_table", "feature_space", "dataset_uid");
        for (Map<String, Object> row : golden) {
            assertThat(info).contains((String) row.get("zarr_group"));
        }
        for (Map<?, ?> dataset : datasets) {
            assertThat(((Number) dataset.get("bytes")).longValue()).isPositive();
        }
        assertThat(Disk.listing(atlas)).as("nothing is written").isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbmc_two_datasets", "multimodal", "multimodal_lance21", "fragments", "custom_space"})
    void soundAtlasesHaveNoFindings(String name) {
        Path atlas = Shared.atlas(name);
        Map<String, Long> before = Disk.listing(atlas);

        Hox.Result result = Hox.run("validate", atlas);

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("no findings");
        assertThat(Disk.listing(atlas)).as("nothing is written").isEqualTo(before);
    }

    @Test
    void theFirstGenerationCanOnlyBeRead() {
        for (String command : List.of("validate", "optimize", "snapshot")) {
            Hox.Result result = Hox.run(command, Shared.atlas("g1_lancell"));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("first generation", "can be read but not written");
        }
    }

    @Test
    void findingsAreOneLineEachAndExitCodeOne() throws IOException {
        Path atlas = Directories.copy(Shared.atlas("custom_space"), directory.resolve("atlas"));
        Path group;
        try (var groups = Files.list(atlas.resolve("zarr_store"))) {
            group = groups.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        try (var files = Files.walk(group)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }

        Hox.Result result = Hox.run("validate", atlas);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains(group.getFileName().toString());
        Hox.Result snapshot = Hox.run("snapshot", atlas);
        assertThat(snapshot.exitCode()).isEqualTo(1);
        assertThat(snapshot.err()).contains("no snapshot was made");
    }

    @Test
    void featuresWithTheirDatasets() throws IOException {
        Path atlas = Shared.atlas("pbmc_two_datasets");

        List<Map<?, ?>> some =
                json("features", atlas, "--features", "CHMP6,ZNF134", "--feature-key", "gene_name", "--format", "json");
        assertThat(values(some, "gene_name")).isEqualTo(List.of("ZNF134", "CHMP6"));
        assertThat(values(some, "global_index")).isEqualTo(List.of(0, 1));
        assertThat((List<?>) some.get(0).get("datasets")).isNotEmpty();
        assertThat(Hox.output("features", atlas, "--limit", 5, "--format", "csv")
                        .lines())
                .hasSize(6);
        assertThat(Hox.output("features", atlas, "--limit", 0, "--format", "csv")
                        .lines())
                .hasSize(1);
        assertThat(Hox.output(
                                "features",
                                Shared.atlas("g1_lancell"),
                                "--feature-space",
                                "image_features",
                                "--format",
                                "csv")
                        .lines())
                .hasSizeGreaterThan(5);
    }

    @Test
    void unknownFeaturesNameTheNearest() {
        Hox.Result typo = Hox.run(
                "features", Shared.atlas("pbmc_two_datasets"), "--features", "CHMP66", "--feature-key", "gene_name");
        assertThat(typo.exitCode()).isEqualTo(1);
        assertThat(typo.err()).contains("CHMP66", "CHMP6");
        assertThat(Hox.run("features", Shared.atlas("pbmc_two_datasets"), "--features", "CHMP6")
                        .err())
                .contains("CHMP6", "gene_name");
        assertThat(Hox.run("features", Shared.atlas("multimodal")).err())
                .contains("--feature-space", "gene_expression", "protein_abundance");
        assertThat(Hox.run("features", Shared.atlas("multimodal"), "--feature-space", "rna")
                        .err())
                .contains("rna", "gene_expression");
        assertThat(Hox.run(
                                "features",
                                Shared.atlas("g2a_homeobox027"),
                                "--feature-space",
                                "gene_expression",
                                "--features",
                                "@" + directory.resolve("absent"))
                        .err())
                .contains("absent");
    }

    @Test
    void anAtlasWithoutASnapshot() throws IOException {
        Path atlas = directory.resolve("atlas");
        Path schema = Files.writeString(
                directory.resolve("schema.json"),
                """
                {"obs": {"cells": {"pointers": {"rna": "gene_expression"}}}, "registries": {"gene_expression": {}}}
                """);
        Hox.output("create", atlas, "--schema", schema);

        Hox.Result info = Hox.run("info", atlas);
        assertThat(info.exitCode()).as(info.toString()).isZero();
        assertThat(info.out()).contains("none yet", "cells", "rna (gene_expression)");
        assertThat(info.err()).contains("hox snapshot");
        Hox.Result versions = Hox.run("versions", atlas);
        assertThat(versions.exitCode()).isZero();
        assertThat(versions.err()).contains("no snapshot yet");
        for (List<Object> command :
                List.<List<Object>>of(List.of("count", atlas), List.of("query", atlas), List.of("features", atlas))) {
            Hox.Result result = Hox.run(command.toArray());
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("no snapshot yet", "hox snapshot");
        }
        assertThat(Hox.output("snapshot", atlas)).isEqualToIgnoringNewLines("0");
        assertThat(Hox.output("count", atlas)).isEqualToIgnoringNewLines("0");
        Path out = directory.resolve("empty.h5ad");
        Hox.output("query", atlas, "--out", out, "--layers", "counts");
        assertThat(Anndata.read(out).obsNames()).isEmpty();
    }

    private static List<Object> values(List<Map<?, ?>> rows, String column) {
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.get(column)));
        return values;
    }

    private static List<Map<?, ?>> json(Object... command) throws IOException {
        List<Map<?, ?>> rows = new ArrayList<>();
        for (String line : Hox.output(command).lines().toList()) {
            rows.add(JSON.readValue(line, Map.class));
        }
        return rows;
    }
}
