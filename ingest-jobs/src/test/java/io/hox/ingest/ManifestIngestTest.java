package io.hox.ingest;

import static io.hox.ingest.MadeH5ad.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Hox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files at once, each with what is special about it. */
class ManifestIngestTest {
    private static final String SCHEMA =
            """
            {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"},
                               "columns": {"obs_name": "string", "cell_type": "string", "tissue": "string"}}},
             "datasets": {"columns": {"organism": "string", "donors": "int64"}},
             "registries": {"gene_expression": {}}}
            """;

    @TempDir
    Path directory;

    private Path atlas;

    @BeforeEach
    void makeFilesAndAtlas() throws IOException {
        atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--schema", Files.writeString(directory.resolve("schema.json"), SCHEMA));
        Path files = Files.createDirectories(directory.resolve("files/deep"));
        MadeH5ad.of(1, 2)
                .cells("a")
                .features("x1", "x2")
                .obs("louvain", "T")
                .obs("tissue", "skin")
                .var("gene_ids", "ENSG00000000001.5", "ENSG00000000002.7")
                .x(row(1, 2))
                .write(files.resolve("a.h5ad"));
        MadeH5ad.of(2, 3)
                .cells("b", "c")
                .features("ENSG00000000001", "ENSG00000000003", "ENSG00000000001")
                .obs("leiden", "B", "NK")
                .x(row(1, 2, 4), row(0, 5, 0))
                .write(files.resolve("b.h5ad"));
        Files.writeString(files.resolve("notes.txt"), "nothing");
    }

    @Test
    void eachLineIsADatasetInItsOwnWay() throws IOException {
        Path manifest = Files.writeString(
                directory.resolve("files/all.csv"),
                """
                file,dataset_uid,feature_key,obs:cell_type,obs_value:tissue,organism,donors
                deep/a.h5ad,first,gene_ids,louvain,lung,human,1
                deep/b.h5ad,second,,leiden,blood,mouse,
                """);

        String table = Hox.output(
                "ingest", atlas, "--manifest", manifest, "--strip-versions", "--duplicates", "sum", "--format", "csv");

        assertThat(table.lines().skip(1)).hasSize(2).allMatch(line -> line.contains(",ingested,"));
        Hox.output("snapshot", atlas);
        assertThat(cells())
                .containsExactly(
                        "[a,first,T,skin,WrappedArray(0, 1),WrappedArray(1, 2)]",
                        "[b,second,B,blood,WrappedArray(0, 2),WrappedArray(5, 2)]",
                        "[c,second,NK,blood,WrappedArray(2),WrappedArray(5)]");
        assertThat(Hox.output("info", atlas)).contains("first", "second");
    }

    @Test
    void aFileThatIsAbsentOrBadKeepsNoOtherOut() throws IOException {
        Files.writeString(directory.resolve("files/deep/c.h5ad"), "no HDF5");
        Path manifest = Files.writeString(
                directory.resolve("files/all.csv"),
                """
                file,feature_key,obs:cell_type
                deep/a.h5ad,gene_ids,louvain
                deep/absent.h5ad,,
                deep/c.h5ad,,
                """);

        Hox.Result result = Hox.run("ingest", atlas, "--manifest", manifest, "--format", "csv");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(4);
        assertThat(result.lines().get(1)).contains("a.h5ad", "ingested");
        assertThat(result.lines().get(2)).contains("absent.h5ad", "failed");
        assertThat(result.lines().get(3)).contains("c.h5ad", "failed");
        assertThat(result.err())
                .contains("no file or directory", "not an HDF5 file", "2 of 3 datasets were not ingested")
                .doesNotContain("Exception");
        assertThat(Hox.output("validate", atlas)).isEmpty();
    }

    @Test
    void aDirectoryIsSearchedAndTheCommandLineHoldsForAllOfIt() {
        Hox.Result result = Hox.run(
                "ingest", atlas, directory.resolve("files"), "--duplicates", "sum", "--obs-value", "tissue=eye");

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.err()).contains("1 files of other kinds were passed over", "notes.txt");
        Hox.output("snapshot", atlas);
        assertThat(Hox.output("count", atlas, "--where", "tissue = 'eye'")).isEqualToIgnoringNewLines("2");
        assertThat(Hox.output("count", atlas, "--where", "tissue = 'skin'")).isEqualToIgnoringNewLines("1");
    }

    private List<String> cells() {
        return Hox.session()
                .read()
                .format("hox")
                .load(atlas.toString())
                .select(
                        "obs_name",
                        "dataset_uid",
                        "cell_type",
                        "tissue",
                        "gene_expression.indices",
                        "gene_expression.counts")
                .orderBy("obs_name")
                .collectAsList()
                .stream()
                .map(Row::toString)
                .toList();
    }
}
