package io.hox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.cli.Hox;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Atlases that homeobox made, extended by the hox command: homeobox reads old and new cells, and old versions. */
class ExtendedAtlasInHomeoboxTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RNA = "gene_expression";

    @TempDir
    private Path directory;

    @Test
    void userColumnsOfCellsFeaturesAndDatasets() throws Exception {
        Path atlas = copy("pbmc_two_datasets");
        Path file = Scripts.source("pbmc.h5ad");
        List<Object> command = new ArrayList<>(List.of("ingest", atlas, file, "--dataset-uid", "added"));
        command.addAll(List.of("--layer", "X=counts", "--layer", "layers/logs=log_normalized"));
        assertThat(Hox.run(command.toArray()).err()).contains("requires a value of organism", "--dataset organism=");

        command.addAll(List.of("--dataset", "organism=human", "--dataset", "n_cells_declared=240"));
        Hox.output(command.toArray());
        finish(atlas, "cells");

        Question all = Question.of(2, "cells", RNA, RNA);
        Answers answers = new Answers(atlas, directory);
        JsonNode counts =
                JSON.readTree(Shared.golden("pbmc_two_datasets", "counts.json").toFile());
        for (int version = 0; version < 2; version++) {
            answers.obs(version, "cells");
            for (String name : List.of("null_type", "between", "like", "mito_null", "dataset_b")) {
                JsonNode golden = counts.get("v" + version).get(name);
                String where = golden.get("where").asText();
                assertThat(answers.count(version, "cells", where).lastCount())
                        .as(where)
                        .isEqualTo(golden.get("count").asLong());
            }
        }
        answers.obs(2, "cells")
                .matrix(Question.of(0, "cells", RNA, RNA).intersection())
                .matrix(all.layers("counts", "log_normalized").inTraining())
                .matrix(all.intersection())
                .matrix(all.where("dataset_uid = 'added' AND is_train"))
                .training()
                .lance()
                .compare();
    }

    @Test
    void storage20WithRowCountsOfDatasets() throws Exception {
        Path atlas = copy("g2a_homeobox027");
        Hox.output("ingest", atlas, Scripts.source("cite.h5ad"), "--field", "rna", "--dataset-uid", "added");
        finish(atlas, "cells");

        Question all = Question.of(2, "cells", "rna", RNA);
        new Answers(atlas, directory)
                .obs(0, "cells")
                .obs(1, "cells")
                .obs(2, "cells")
                .count(1, "cells", "flag")
                .count(2, "cells", "dataset_uid = 'added'")
                .matrix(Question.of(1, "cells", "rna", RNA))
                .matrix(all)
                .matrix(all.where("dataset_uid = 'added'"))
                .matrix(Question.of(2, "cells", "protein_abundance", "protein_abundance"))
                .matrix(Question.of(2, "cells", "features", "image_features"))
                .lance()
                .compare();
    }

    @Test
    void storage21WithSeveralTablesAndModalities() throws Exception {
        Path atlas = copy("multimodal_lance21");
        List<Object> common = List.of("ingest", atlas, "--obs-table", "cells");
        List<Object> rna = new ArrayList<>(common);
        rna.addAll(List.of("--field", RNA, "--dataset-uid", "rna_added", Scripts.source("cite.h5ad")));
        Hox.output(rna.toArray());
        List<Object> protein = new ArrayList<>(common);
        protein.addAll(List.of("--field", "protein", "--dataset-uid", "adt_added", Scripts.source("protein.h5ad")));
        Hox.output(protein.toArray());
        finish(atlas, "cells", "nuclei");

        Question all = Question.of(1, "cells", RNA, RNA);
        Question adt = Question.of(1, "cells", "protein", "protein_abundance");
        new Answers(atlas, directory)
                .obs(0, "cells")
                .obs(1, "cells")
                .obs(1, "nuclei")
                .count(1, "cells", "technology = 'CITE-seq'")
                .matrix(Question.of(0, "cells", "protein", "protein_abundance"))
                .matrix(all)
                .matrix(all.where("rank < 5"))
                .matrix(adt)
                .matrix(adt.intersection())
                .matrix(Question.of(1, "nuclei", RNA, RNA))
                .lance()
                .compare();
    }

    @Test
    void spacesThatAreNotBuiltIn() throws Exception {
        Path atlas = copy("custom_space");
        Path file = Scripts.source("cite.h5ad");
        Hox.output("ingest", atlas, file, "--field", "long", "--layer", "X=Unique", "--dataset-uid", "long_added");
        List<Object> dense = new ArrayList<>(List.of("ingest", atlas, Scripts.source("pbmc.h5ad"), "--field", "ln"));
        dense.addAll(List.of("--layer", "layers/logs=log_normalized", "--dataset-uid", "ln_added"));
        Hox.output(dense.toArray());
        finish(atlas, "cells");

        Question all = Question.of(1, "cells", "long", "long_counts").layers("Unique");
        new Answers(atlas, directory)
                .obs(0, "cells")
                .obs(1, "cells")
                .matrix(all)
                .matrix(all.where("dataset_uid = 'long_added'"))
                .matrix(Question.of(0, "cells", "ln", "lognorm_rna").layers("log_normalized"))
                .matrix(Question.of(1, "cells", "ln", "lognorm_rna").layers("log_normalized"))
                .compare();
    }

    /** Makes the new cells visible; the versions that homeobox made stay what they were. */
    private static void finish(Path atlas, String... tables) throws IOException {
        Hox.output("optimize", atlas);
        assertThat(Hox.output("validate", atlas)).isEmpty();
        Hox.output("snapshot", atlas);
        JsonNode golden = JSON.readTree(Shared.golden(atlas.getFileName().toString(), "list_versions.json")
                .toFile());
        for (JsonNode version : golden) {
            long cells = 0;
            for (String table : tables) {
                String count = Hox.output("count", atlas, "--version", version.get("version"), "--obs-table", table);
                cells += Long.parseLong(count.replaceAll("\\D", ""));
            }
            assertThat(cells).isEqualTo(version.get("total_rows").asLong());
        }
        assertThat(Hox.output("versions", atlas, "--format", "json").lines()).hasSize(golden.size() + 1);
    }

    private Path copy(String name) throws IOException {
        Path original = Shared.atlas(name);
        Path copy = directory.resolve(name);
        try (Stream<Path> paths = Files.walk(original)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = copy.resolve(original.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectory(target);
                } else {
                    Files.write(target, Files.readAllBytes(path));
                }
            }
        }
        return copy;
    }
}
