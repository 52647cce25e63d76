package io.hox.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureSpaces;
import io.hox.testing.PythonEnvironment;
import io.hox.testing.Shared;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a PySpark user does: {@code pip install pyspark}, name the bundle in {@code spark.jars}, read and write. */
class PySparkIT {
    private static final Path PYTHON = Path.of("src", "test", "python").toAbsolutePath();

    private static Path bundle;
    private static Path python;

    @TempDir
    Path directory;

    @BeforeAll
    static void installPySpark() {
        bundle = Path.of(System.getProperty("hox.bundle"));
        python = PythonEnvironment.fresh(
                bundle.resolveSibling("pyspark"), PYTHON.resolve("requirements-pyspark.txt"), 11, 10, 12, 9);
    }

    @Test
    void readsAndWritesAtlasesWithArrowAndPandasInAFreshEnvironment() {
        Path atlas = Shared.atlas("pbmc_two_datasets");
        Path answers = Shared.golden("pbmc_two_datasets", "");
        Path empty = directory.resolve("empty");
        AtlasSchema schema = AtlasSchema.fromJson(
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"},
                                   "columns": {"cell_type": "string"}}},
                 "registries": {"gene_expression": {"columns": {"gene_name": "string"}}}}
                """);
        AtlasWriter.create(AtlasUri.resolve(empty.toString(), null), Map.of(), schema, FeatureSpaces.none())
                .close();

        String output =
                PythonEnvironment.run(python, PYTHON.resolve("pyspark_session.py"), bundle, atlas, answers, empty);

        assertThat(output).contains("PYSPARK OK");
    }

    @Test
    void ingestsOnTwoExecutorsThroughSparkSubmit() {
        String output = PythonEnvironment.run(
                python,
                PYTHON.resolve("submit_ingest.py"),
                bundle,
                directory.resolve("atlas"),
                Shared.data("dentategyrus_mouse_100_spliced_unspliced.h5ad"),
                Shared.data("pancreas_mouse_50_spliced_unspliced.h5ad"));

        assertThat(output).contains("cells: 150");
    }
}
