package io.hox.tenx;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Anndata;
import io.hox.cli.Hox;
import io.hox.source.Column;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What 10x's files hold goes through an atlas unchanged: {@code create --like}, {@code ingest}, {@code query}. */
class TenxIngestTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10x_small/1.2.0/filtered_gene_bc_matrices_h5.h5",
                "10x_small/1.2.0/filtered_gene_bc_matrices/hg19_chr21",
                "10x_small/3.0.0/filtered_feature_bc_matrix.h5",
                "10x_small/3.0.0/filtered_feature_bc_matrix",
                "heart_1k_v2_mouse_10x_v2.h5",
                "pbmc3k_10x_mtx"
            })
    void countsComeBackAsTheyWere(String name) {
        Path source = Shared.data(name);
        Path atlas = ingested(source);

        checkAll(source, atlas);
    }

    @Test
    void typesOfFeaturesFillPointerColumnsOfTheirOwn() {
        Path mtx = directory.resolve("mtx");
        Tenx.writeMtx(mtx, "");

        checkAll(mtx, ingested(mtx));
    }

    @Test
    void proteinsOfAnHdf5FileComeBackDense() {
        Path file = new Tenx.H5().write(directory.resolve("types.h5"));

        checkAll(file, ingested(file));
    }

    @Test
    void tripletsOfAnyOrderComeBackByCell() {
        Tenx.writeMtx(directory, "s1.");
        Path triplets = Tenx.write(directory.resolve("s1.coo.gz"), "2\t2\t1", "1\t1\t2", "3\t1\t7", "1\t1\t3");

        checkAll(triplets, ingested(triplets));
    }

    @Test
    void aTypeThatBelongsToNoFeatureSpaceIsNamedUntilTheUserSaysWhereItGoes() {
        Tenx.H5 file = new Tenx.H5();
        file.types = new String[] {"Gene Expression", "Gene Expression", "Something New"};
        Path path = file.write(directory.resolve("types.h5"));
        Path atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--like", path);

        Hox.Result refused = Hox.run("ingest", atlas, path);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.toString()).contains(path.toString(), "'Something New'", "--skip");

        Hox.output("ingest", atlas, path, "--skip", "Something New");
        assertThat(Hox.output("validate", atlas)).isEmpty();
    }

    @Test
    void eachGenomeOfAnOldFileIsADataset() {
        Path file = Shared.data("10x_small/1.2.0/multiple_genomes.h5");
        Path atlas = ingested(file);

        Anndata read = query(atlas, "gene_expression");
        assertThat(read.obsNames()).hasSize(24);
        assertThat(read.obs().get("dataset_uid").stream().distinct()).hasSize(2);
    }

    @Test
    void aMatrixIsTheSameDatasetWhateverLiesBesideItAndWhateverItIsCalled() throws IOException {
        Path files = directory.resolve("files");
        Tenx.writeMtx(files, "GSM1_");
        Path atlas = ingested(files);
        for (String name : List.of("matrix.mtx.gz", "barcodes.tsv.gz", "features.tsv.gz")) {
            Files.move(files.resolve("GSM1_" + name), files.resolve("first." + name));
        }
        Tenx.writeMtx(files, "GSM2_");
        Tenx.write(files.resolve("GSM2_barcodes.tsv.gz"), "GGG-1", "TTT-1");

        assertThat(Hox.output("ingest", atlas, files)).contains("already there");
        Hox.output("optimize", atlas);
        Hox.output("snapshot", atlas);

        assertThat(query(atlas, "gene_expression").obs().get("obs_name"))
                .containsExactlyInAnyOrder("AAA-1", "CCC-1", "GGG-1", "TTT-1");
    }

    @Test
    void fractionsAmongCountsAreRefusedWithTheirPlace() {
        Tenx.writeMtx(directory, "");
        Tenx.write(
                directory.resolve("matrix.mtx.gz"),
                "%%MatrixMarket matrix coordinate real general",
                "3 2 2",
                "1 1 5",
                "2 2 3.5");
        Path atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--like", directory.resolve("matrix.mtx.gz"));

        Hox.Result refused = Hox.run("ingest", atlas, directory.resolve("matrix.mtx.gz"));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.toString()).contains("3.5", "cell 1", "ENSG2");
        assertThat(Hox.output("validate", atlas)).isEmpty();
    }

    private Path ingested(Path source) {
        Path atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--like", source);
        Hox.output("ingest", atlas, source);
        Hox.output("optimize", atlas);
        assertThat(Hox.output("validate", atlas)).isEmpty();
        Hox.output("snapshot", atlas);
        return atlas;
    }

    private Anndata query(Path atlas, String field) {
        Path out = directory.resolve("out.h5ad");
        Hox.output("query", atlas, "--field", field, "--out", out);
        return Anndata.read(out);
    }

    private void checkAll(Path path, Path atlas) {
        try (Source source = Tenx.open(path)) {
            for (Modality modality : source.modalities()) {
                String field = modality.featureSpace() == null ? "gene_expression" : modality.featureSpace();
                check(source, modality, query(atlas, field));
            }
        }
    }

    private static void check(Source source, Modality modality, Anndata read) {
        assertThat(read.obs().get("obs_name")).isEqualTo(List.of(source.obs().index()));
        String[] features = modality.var("X").index();
        Map<String, Integer> rowOf = new TreeMap<>();
        read.varNames().forEach(feature -> rowOf.put(feature, rowOf.size()));
        for (Column column : modality.var("X").columns()) {
            for (int i = 0; i < features.length; i++) {
                assertThat(read.var().get(column.name()).get(rowOf.get(features[i])))
                        .as(column.name())
                        .isEqualTo(column.strings()[i]);
            }
        }
        List<Map<String, Double>> cells = new ArrayList<>();
        modality.matrix("X").forEachRowBlock(50_000, block -> {
            String[] values = Column.of("v", block.values()).texts();
            for (int row = 0; row < block.rows(); row++) {
                Map<String, Double> cell = new TreeMap<>();
                for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
                    cell.put(features[block.indices()[i]], Double.valueOf(values[i]));
                }
                cells.add(cell);
            }
        });
        for (int i = 0; i < cells.size(); i++) {
            Map<String, Double> got = new TreeMap<>();
            read.matrix("X").get(read.obsNames().get(i)).forEach((name, value) -> got.put(name, value.doubleValue()));
            assertThat(got).isEqualTo(cells.get(i));
        }
    }
}
