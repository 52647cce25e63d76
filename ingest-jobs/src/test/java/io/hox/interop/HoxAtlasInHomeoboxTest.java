package io.hox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Hox;
import io.hox.testing.PythonEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An atlas that the hox command made, in homeobox; then the same atlas with a dataset that homeobox added, in hox. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HoxAtlasInHomeoboxTest {
    private static final String SCHEMA =
            """
            {"obs": {"cells": {
               "pointers": {"gene_expression": "gene_expression", "protein": "protein_abundance"},
               "columns": {"obs_name": "string", "cell_type": "string", "n_counts": "double", "n_genes": "int64",
                           "percent_mito": "double", "batch": {"type": "string", "nullable": false},
                           "is_train": "bool", "technology": "enum", "collected_at": "timestamp"}}},
             "datasets": {"columns": {"title": "string"}},
             "registries": {
               "gene_expression": {
                 "columns": {"gene_name": "string", "n_cells": "int64", "highly_variable": "bool"}},
               "protein_abundance": {"columns": {"protein_name": "string"}}}}
            """;

    @TempDir
    private static Path directory;

    private static Path atlas;
    private static List<String> genes;

    @BeforeAll
    static void makeTheAtlas() throws Exception {
        Path pbmc = Scripts.source("pbmc.h5ad");
        atlas = directory.resolve("atlas");
        Path schema = Files.writeString(directory.resolve("schema.json"), SCHEMA);
        Hox.output("create", atlas, "--schema", schema);
        List<Object> rna = new ArrayList<>(List.of("ingest", atlas, "--field", "gene_expression"));
        rna.addAll(List.of("--layer", "X=counts", "--layer", "layers/logs=log_normalized"));
        rna.addAll(List.of(pbmc, Scripts.source("cite.h5ad")));
        Hox.output(rna.toArray());
        Hox.output("optimize", atlas);
        Hox.output("snapshot", atlas);
        Hox.output("ingest", atlas, "--field", "protein", "--dataset-uid", "adt", Scripts.source("protein.h5ad"));
        Hox.output("optimize", atlas);
        Hox.output("snapshot", atlas);
        genes = Hox.output("features", atlas, "--feature-space", "gene_expression", "--format", "csv")
                .lines()
                .skip(1)
                .limit(40)
                .map(line -> line.substring(0, line.indexOf(',')))
                .toList();
    }

    @Test
    @Order(1)
    void homeoboxReadsTheAtlas() {
        Question rna = Question.of(1, "cells", "gene_expression", "gene_expression");
        answers("first")
                .obs(0, "cells")
                .obs(1, "cells")
                .count(1, "cells", "cell_type IS NULL")
                .count(1, "cells", "percent_mito > 0.5 OR is_train")
                .matrix(Question.of(0, "cells", "gene_expression", "gene_expression")
                        .layers("log_normalized", "counts"))
                .matrix(rna.layers("counts", "log_normalized"))
                .matrix(rna.intersection().layers("counts", "log_normalized"))
                .matrix(rna.features(genes))
                .matrix(rna.where("cell_type = 'B cells' AND n_genes > 100"))
                .matrix(Question.of(1, "cells", "protein", "protein_abundance"))
                .lance()
                .compare();
    }

    @Test
    @Order(2)
    void hoxReadsWhatHomeoboxAdds() {
        PythonEnvironment.run(
                PythonEnvironment.homeobox(), Scripts.path("extend_atlas.py"), atlas, Scripts.source("more.h5ad"));

        assertThat(Hox.output("validate", atlas)).isEmpty();
        assertThat(Hox.output("count", atlas, "--group-by", "dataset_uid", "--format", "csv"))
                .contains("more,90")
                .contains("adt,120");
        Question all = Question.of(2, "cells", "gene_expression", "gene_expression");
        answers("second")
                .obs(1, "cells")
                .obs(2, "cells")
                .count(2, "cells", "dataset_uid = 'more' AND n_genes > 250")
                .count(2, "cells", "technology = 'CITE-seq'")
                .count(2, "cells", "technology IS NULL")
                .matrix(Question.of(1, "cells", "gene_expression", "gene_expression"))
                .matrix(all.layers("counts", "log_normalized").inTraining())
                .matrix(all.intersection())
                .matrix(all.where("n_genes < 0"))
                .matrix(all.where("dataset_uid = 'more'"))
                .matrix(all.features(genes).featureOriented())
                .matrix(Question.of(2, "cells", "protein", "protein_abundance").inTraining())
                .training()
                .compare();
    }

    private static Answers answers(String name) {
        try {
            return new Answers(atlas, Files.createDirectory(directory.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
