package io.hox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Hox;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells that {@code df.write} put into an atlas, in homeobox. */
class WrittenDataFrameInHomeoboxTest {
    private static final String SCHEMA =
            """
            {"obs": {"cells": {
               "pointers": {"gene_expression": "gene_expression", "protein": "protein_abundance"},
               "columns": {"technology": "enum", "donor_uid": "string", "n_counts": "double", "rank": "int64"}}},
             "registries": {"gene_expression": {"columns": {"gene_name": "string"}},
                            "protein_abundance": {"columns": {"protein_name": "string"}}}}
            """;

    @TempDir
    private Path directory;

    @Test
    void homeoboxReadsEveryModalityOfIt() throws IOException {
        Path source = Shared.atlas("multimodal");
        Path atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--schema", Files.writeString(directory.resolve("schema.json"), SCHEMA));
        try (SparkSession spark = Hox.session()) {
            Dataset<Row> cells =
                    spark.read().format("hox").option("obsTable", "cells").load(source.toString());
            cells.drop("tags", "scores", "embedding", "birth", "blob")
                    .repartition(3)
                    .write()
                    .format("hox")
                    .mode("append")
                    .option("featuresFrom", source.toString())
                    .option("datasetUid", "copy")
                    .option("snapshot", true)
                    .save(atlas.toString());
        }

        assertThat(Hox.output("validate", atlas)).isEmpty();
        assertThat(Hox.output("count", atlas)).contains("178");
        Question rna = Question.of(0, "cells", "gene_expression", "gene_expression");
        new Answers(atlas, Files.createDirectory(directory.resolve("answers")))
                .obs(0, "cells")
                .count(0, "cells", "rank > 50 AND technology IS NOT NULL")
                .matrix(rna.inTraining())
                .matrix(rna.intersection())
                .matrix(rna.where("dataset_uid LIKE 'copy-part-1%'"))
                .matrix(Question.of(0, "cells", "protein", "protein_abundance"))
                .compare();
    }
}
