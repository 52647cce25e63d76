package io.hox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Hox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feature-major copies that the hox command made: homeobox takes them for its own and reads the same through them alone. */
class HoxCopiesInHomeoboxTest {
    private static final String SCHEMA =
            """
            {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"}, "columns": {"cell_type": "string"}}},
             "registries": {"gene_expression": {"columns": {"gene_name": "string"}}}}
            """;

    @TempDir
    private Path directory;

    @Test
    void homeoboxReadsFeaturesThroughThem() throws Exception {
        Path atlas = directory.resolve("atlas");
        Path schema = Files.writeString(directory.resolve("schema.json"), SCHEMA);
        Hox.output("create", atlas, "--schema", schema);
        Hox.output(
                "ingest",
                atlas,
                "--layer",
                "X=counts",
                "--layer",
                "layers/logs=log_normalized",
                Scripts.source("pbmc.h5ad"),
                Scripts.source("cite.h5ad"));
        Hox.output("optimize", atlas);
        Hox.output("snapshot", atlas);
        assertThat(Hox.output("index", atlas, "--format", "csv").lines().filter(line -> line.contains(",indexed,")))
                .hasSize(2);
        List<String> genes = Hox.output("features", atlas, "--feature-space", "gene_expression", "--format", "csv")
                .lines()
                .skip(1)
                .limit(40)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();

        Question cells =
                Question.of(0, "cells", "gene_expression", "gene_expression").featureOriented();
        new Answers(atlas, Files.createDirectory(directory.resolve("answers")))
                .matrix(cells.features(genes))
                .matrix(cells.features(genes.subList(3, 5)).layers("log_normalized", "counts"))
                .matrix(cells.features(genes).where("cell_type = 'B cells'"))
                .compare();
    }
}
