package io.hox.tenx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hox.anndata.AnnData;
import io.hox.anndata.H5adFiles;
import io.hox.ingest.Sources;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenxSourceTest {
    @TempDir
    Path directory;

    @Test
    void theTwoWaysOfStoringTheSameMatrixAreEqual() {
        try (Source h5 = Tenx.open(Shared.data("10x_small/3.0.0/filtered_feature_bc_matrix.h5"));
                Source mtx = Tenx.open(Shared.data("10x_small/3.0.0/filtered_feature_bc_matrix"))) {
            Modality stored = h5.modalities().get(0);
            Modality text = mtx.modalities().get(0);

            assertThat(mtx.obs().index()).isEqualTo(h5.obs().index());
            assertThat(text.var("X").index()).isEqualTo(stored.var("X").index());
            assertThat(text.var("X").column("gene_symbols").strings())
                    .isEqualTo(stored.var("X").column("gene_symbols").strings());
            assertThat(Tenx.rows(text.matrix("X"))).isEqualTo(Tenx.rows(stored.matrix("X")));
        }
    }

    @Test
    void textAndAnnDataOfTheSameCellsAreEqual() {
        try (Source mtx = Tenx.open(Shared.data("pbmc3k_10x_mtx"));
                AnnData h5ad = H5adFiles.open(Shared.data("pbmc3k_raw.h5ad"))) {
            Modality genes = mtx.modalities().get(0);

            assertThat(mtx.obs().index()).isEqualTo(h5ad.obs().index());
            assertThat(genes.var("X").index())
                    .isEqualTo(h5ad.var().column("gene_ids").strings());
            assertThat(Tenx.rows(genes.matrix("X"))).isEqualTo(Tenx.rows(h5ad.matrix("X")));
        }
    }

    @Test
    void featureTypesAreModalitiesOfTheirFeatureSpaces() {
        Tenx.writeMtx(directory.resolve("mtx"), "");
        Path h5 = new Tenx.H5().write(directory.resolve("types.h5"));
        for (Path path : List.of(directory.resolve("mtx"), h5)) {
            try (Source source = Tenx.open(path)) {
                assertThat(source.modalities())
                        .extracting(Modality::key, Modality::featureSpace)
                        .containsExactly(
                                tuple("Gene Expression", "gene_expression"),
                                tuple("Antibody Capture", "protein_abundance"));
                Modality genes = source.modalities().get(0);
                Modality proteins = source.modalities().get(1);
                assertThat(genes.var("X").index()).containsExactly("ENSG1", "ENSG2");
                assertThat(proteins.var("X").column("gene_symbols").strings()).containsExactly("CD3_TotalSeq");
                assertThat(Tenx.rows(genes.matrix("X"))).containsExactly("0=5", "1=1");
                assertThat(Tenx.rows(proteins.matrix("X"))).containsExactly("0=7", "");
                assertThat(source.obs().rows(1, 2).index()).containsExactly("CCC-1");
            }
        }
    }

    @Test
    void proteinsComeDenseWithTheirZeros() {
        Path path = new Tenx.H5().write(directory.resolve("types.h5"));
        try (Source source = Tenx.open(path)) {
            int[][] values = {null};
            source.modalities()
                    .get(1)
                    .matrix("X")
                    .forEachDenseBlock(100, block -> values[0] = block.values().ints());
            assertThat(values[0]).containsExactly(7, 0);
        }
    }

    @Test
    void typesOfOtherKindsBelongToNoFeatureSpace() {
        Tenx.H5 file = new Tenx.H5();
        file.types = new String[] {"Gene Expression", "CRISPR Guide Capture", "Something New"};
        try (Source source = Tenx.open(file.write(directory.resolve("types.h5")))) {
            assertThat(source.modalities())
                    .extracting(Modality::key)
                    .containsExactly("Gene Expression", "CRISPR Guide Capture", "Something New");
            assertThat(source.modalities().get(1).featureSpace()).isNull();
            assertThat(source.modalities().get(2).featureSpace()).isNull();
        }
    }

    @Test
    void genomesOfOldFilesAreDatasets() {
        Path file = Shared.data("10x_small/1.2.0/multiple_genomes.h5");

        assertThat(Tenx.refs(file)).extracting(SourceRef::part).containsExactly("another_genome", "hg19_chr21");
        try (Source genome = Sources.open(new SourceRef("10x", file.toString(), "hg19_chr21"), Map.of())) {
            assertThat(genome.name()).isEqualTo(file + " (hg19_chr21)");
            assertThat(genome.modalities().get(0).var("X").column("genome").strings())
                    .containsOnly("hg19_chr21");
        }
    }

    @Test
    void oneGenomeOfAMatrixOfSeveralCanBeChosen() {
        Path path = new Tenx.H5().write(directory.resolve("genomes.h5"));
        try (Source mouse = Sources.open(new SourceRef("10x", path.toString(), "mm10"), Map.of())) {
            assertThat(mouse.modalities()).hasSize(1);
            assertThat(mouse.modalities().get(0).var("X").index()).containsExactly("ENSG2");
            assertThat(Tenx.rows(mouse.modalities().get(0).matrix("X"))).containsExactly("", "0=1");
        }
    }

    @Test
    void matricesOfOneDirectoryAreToldApartByTheirPrefixes() throws IOException {
        Tenx.writeMtx(directory, "GSM1_");
        Tenx.writeMtx(directory, "GSM2.sample.");
        SourceRef first = new SourceRef("mtx", directory.toString(), "GSM1_matrix.mtx.gz");
        SourceRef second = new SourceRef("mtx", directory.toString(), "GSM2.sample.matrix.mtx.gz");

        assertThat(Tenx.refs(directory)).containsExactly(first, second);
        assertThat(Tenx.refs(directory.resolve("GSM1_matrix.mtx.gz"))).containsExactly(first);
        try (Source source = Sources.open(second, Map.of())) {
            assertThat(source.obs().rows()).isEqualTo(2);
        }
        Files.writeString(directory.resolve("other.h5ad"), "");
        assertThat(Sources.find(SourceLocation.of(directory.toString(), Map.of())))
                .as("a directory with other things is searched")
                .isEmpty();
    }

    @Test
    void aMatrixFileStandsForItsDirectory() {
        Tenx.writeMtx(directory.resolve("sample"), "");

        assertThat(Tenx.refs(directory.resolve("sample/matrix.mtx.gz")))
                .isEqualTo(Tenx.refs(directory.resolve("sample")));
        assertThat(Tenx.refs(directory.resolve("sample")).get(0).part()).isEmpty();
    }

    @Test
    void tripletsHaveTheirTablesBesideThem() {
        Tenx.writeMtx(directory, "s1.");
        Tenx.write(directory.resolve("s1.counts.tsv.gz"), "1\t1\t5", "3\t1\t7", "2\t2\t1");
        Tenx.write(directory.resolve("s1.zero.csv"), "0,0,5", "2,0,7", "1,1,1");
        for (String name : List.of("s1.counts.tsv.gz", "s1.zero.csv")) {
            assertThat(Tenx.refs(directory.resolve(name)).get(0).format()).isEqualTo("coo");
            try (Source source = Tenx.open(directory.resolve(name))) {
                assertThat(source.obs().index()).containsExactly("AAA-1", "CCC-1");
                assertThat(Tenx.rows(source.modalities().get(0).matrix("X"))).containsExactly("0=5", "1=1");
                assertThat(Tenx.rows(source.modalities().get(1).matrix("X"))).containsExactly("0=7", "");
            }
        }
        for (String name : List.of("s1.barcodes.tsv.gz", "s1.features.tsv.gz")) {
            assertThat(Sources.find(SourceLocation.of(directory.resolve(name).toString(), Map.of())))
                    .isEmpty();
        }
    }

    @Test
    void barcodesAreReadByRanges() {
        Path path = Shared.data("pbmc3k_10x_mtx");
        try (Source mtx = Tenx.open(path);
                Source other = Tenx.open(path)) {
            String[] all = other.obs().index();
            for (int[] range : new int[][] {{2_000, 2_100}, {2_150, 2_160}, {2_160, 2_700}, {5, 10}, {8, 12}}) {
                String[] some = mtx.obs().rows(range[0], range[1]).index();
                assertThat(some).isEqualTo(Arrays.copyOfRange(all, range[0], range[1]));
            }
        }
    }
}
