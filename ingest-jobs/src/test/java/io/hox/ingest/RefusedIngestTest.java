package io.hox.ingest;

import static io.hox.ingest.MadeH5ad.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Hox;
import io.hox.h5ad.RawH5ad;
import io.hox.source.Column;
import io.hox.testing.Shared;
import io.hox.zarr.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't be ingested is refused with one message, and nothing on disk is different afterwards. */
class RefusedIngestTest {
    @TempDir
    Path directory;

    private Path atlas;

    @BeforeEach
    void anAtlasWithRequiredColumns() throws IOException {
        createFrom(
                "atlas",
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"},
                  "columns": {"cell_type": {"type": "string", "nullable": false}, "age": "int64", "seen": "timestamp",
                    "born": "date", "good": "bool", "tags": "list<string>"}}},
                 "registries": {"gene_expression": {"columns": {"symbol": {"type": "string", "nullable": false}}}}}
                """);
    }

    @Test
    void fractionsInCounts() {
        Path file = good().x(row(1, 0), row(0.5, 2)).write(file("normalised.h5ad"));

        refused("ingest", atlas, file)
                .contains("normalised.h5ad: X holds 0.5 at cell 1 (counted from 0), feature g0")
                .contains("counts")
                .contains("--layer X=log_normalized");
    }

    @Test
    void negativeCounts() {
        refused("ingest", atlas, good().x(row(1, 0), row(0, -3)).write(file("scaled.h5ad")))
                .contains("scaled.h5ad: X holds -3", "at cell 1", "feature g1");
        refused(
                        "ingest",
                        atlas,
                        good().matrix("X", DataType.INT32, row(-1, 0), row(0, 3))
                                .write(file("int.h5ad")))
                .contains("int.h5ad: X holds -1 at cell 0", "feature g0", "0 to 4294967295");
    }

    @Test
    void countsBeyond32Bits() {
        refused(
                        "ingest",
                        atlas,
                        good().matrix("X", DataType.FLOAT64, row(1, 0), row(0, 4294967296.0))
                                .write(file("a.h5ad")))
                .contains("4294967296", "at cell 1", "feature g1");
        refused(
                        "ingest",
                        atlas,
                        good().matrix("X", DataType.INT64, row(1, 0), row(0, 1L << 40))
                                .write(file("b.h5ad")))
                .contains("1099511627776");
    }

    @Test
    void nothingButNumbers() {
        refused("ingest", atlas, good().x(row(1, 0), row(0, Double.NaN)).write(file("nan.h5ad")))
                .contains("NaN", "at cell 1", "feature g1");
        refused(
                        "ingest",
                        atlas,
                        good().x(row(1, 0), row(0, Double.POSITIVE_INFINITY)).write(file("inf.h5ad")))
                .contains("Infinity", "at cell 1");
    }

    @Test
    void aBadValueInALaterLayer() {
        Path file = good().x(row(1, 0), row(0, 2))
                .matrix("layers/raw", DataType.FLOAT32, row(1, 0), row(0, 1.25))
                .write(file("layers.h5ad"));

        refused("ingest", atlas, file, "--layer", "X=log_normalized", "--layer", "layers/raw=counts")
                .contains("layers.h5ad: layers/raw holds 1.25 at cell 1");
    }

    @Test
    void layersOfDifferentStructure() {
        Path file = good().x(row(1, 2), row(0, 2))
                .matrix("layers/norm", DataType.FLOAT32, row(1, 2), row(3, 2))
                .write(file("structure.h5ad"));

        refused("ingest", atlas, file, "--layer", "X=counts", "--layer", "layers/norm=log_normalized")
                .contains("structure.h5ad: layers/norm has its entries in other places than X", "first in cell 1");
    }

    @Test
    void layersThatDoNotExist() {
        Path file = good().x(row(1, 2), row(0, 2)).write(file("cells.h5ad"));

        refused("ingest", atlas, file, "--layer", "layers/raw=counts").contains("no matrix 'layers/raw'", "[X]");
        refused("ingest", atlas, file, "--layer", "X=count").contains("count", "log_normalized");
        refused("ingest", atlas, file, "--layer", "X=log_normalized").contains("requires layer counts");
        refused("ingest", atlas, file, "--layer", "X=counts", "--layer", "raw/X=counts")
                .contains("two matrices");
    }

    @Test
    void missingRequiredObsColumns() {
        Path file = MadeH5ad.of(1, 1)
                .obs("louvain", "T")
                .var("symbol", "A")
                .x(row(1))
                .write(file("cells.h5ad"));

        refused("ingest", atlas, file)
                .contains("cells.h5ad lacks the required obs column [cell_type]", "louvain", "--obs FROM=cell_type");
    }

    @Test
    void missingValuesOfRequiredObsColumns() {
        Path file = MadeH5ad.of(2, 2)
                .obs("cell_type", "T", null)
                .var("symbol", "A", "B")
                .x(row(1, 0), row(1, 1))
                .write(file("cells.h5ad"));

        refused("ingest", atlas, file).contains("cells.h5ad", "cell_type has no value in row 1");
    }

    @Test
    void obsColumnsOfAnotherType() {
        refused(
                        "ingest",
                        atlas,
                        good().obs("age", "old", "young")
                                .x(row(1, 0), row(1, 1))
                                .write(file("a.h5ad")))
                .contains("a.h5ad: obs column age holds string values");
        refused(
                        "ingest",
                        atlas,
                        good().obs("age", 1.5, 2).x(row(1, 0), row(1, 1)).write(file("b.h5ad")))
                .contains("b.h5ad: obs column age has the value 1.5 in row 0");
        refused(
                        "ingest",
                        atlas,
                        good().obs("seen", "2024-01-01", "soon")
                                .x(row(1, 0), row(1, 1))
                                .write(file("c.h5ad")))
                .contains("c.h5ad: obs column seen has the value soon in row 1");
        refused(
                        "ingest",
                        atlas,
                        good().obs("born", "2024-13-01", null)
                                .x(row(1, 0), row(1, 1))
                                .write(file("d.h5ad")))
                .contains("d.h5ad: obs column born has the value 2024-13-01 in row 0");
        refused(
                        "ingest",
                        atlas,
                        good().obs("good", "yes", "no").x(row(1, 0), row(1, 1)).write(file("e.h5ad")))
                .contains("e.h5ad: obs column good has the value yes in row 0");
        refused(
                        "ingest",
                        atlas,
                        good().obs("tags", "x", "y").x(row(1, 0), row(1, 1)).write(file("f.h5ad")))
                .contains("f.h5ad: obs column tags holds string values and cannot fill tags");
    }

    @Test
    void mappingsOfObsColumnsThatDoNotExist() {
        Path file = good().x(row(1, 2), row(0, 2)).write(file("cells.h5ad"));

        refused("ingest", atlas, file, "--obs", "louvain=cell_type").contains("no obs column louvain", "cell_type");
        refused("ingest", atlas, file, "--obs", "cell_type=kind").contains("no column kind", "age");
        refused("ingest", atlas, file, "--obs", "cell_type=gene_expression").contains("gene_expression");
        refused("ingest", atlas, file, "--obs", "cell_type=dataset_uid").contains("dataset_uid");
    }

    @Test
    void duplicateFeatureKeys() {
        Path file = good().features("A", "A").x(row(1, 2), row(0, 2)).write(file("cells.h5ad"));

        refused("ingest", atlas, file)
                .contains("the index of var names several features alike: A (0 and 1)")
                .contains("--feature-key");
        refused("ingest", atlas, file, "--feature-key", "gene_id").contains("no such var column", "[symbol]");
    }

    @Test
    void missingFeatureKeysAndRequiredRegistryValues() {
        MadeH5ad cells = MadeH5ad.of(1, 2).obs("cell_type", "T").x(row(1, 2));
        refused("ingest", atlas, cells.write(file("a.h5ad"))).contains("a.h5ad lacks the var column symbol");
        Path holes = cells.var("symbol", "A", null).write(file("b.h5ad"));
        refused("ingest", atlas, holes).contains("b.h5ad: var column symbol has no value for feature 1");
        refused("ingest", atlas, holes, "--feature-key", "symbol").contains("has no value for feature 1");
    }

    @Test
    void duplicateCellUids() {
        Path twice = good().obs("barcode", "A", "A").x(row(1, 2), row(0, 2)).write(file("twice.h5ad"));
        refused("ingest", atlas, twice, "--obs", "barcode=uid").contains("has the value A in rows 0 and 1");

        Path first = good().obs("barcode", "A", "B").x(row(1, 2), row(0, 2)).write(file("first.h5ad"));
        Hox.output("ingest", atlas, first, "--obs", "barcode=uid");
        Path second = good().obs("barcode", "C", "B").x(row(1, 2), row(0, 3)).write(file("second.h5ad"));
        refused("ingest", atlas, second, "--obs", "barcode=uid").contains("second.h5ad", "a cell B already");
    }

    @Test
    void duplicateCellNames() throws IOException {
        createFrom(
                "named",
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"}, "columns": {"obs_name": "string"}}},
                 "registries": {"gene_expression": {}}}
                """);
        Path twice = MadeH5ad.of(3, 2)
                .cells("A", "B", "A")
                .obs("barcode", "x", "y", "z")
                .x(row(1, 2), row(0, 2), row(0, 1))
                .write(file("twice.h5ad"));

        refused("ingest", atlas, twice)
                .contains("twice.h5ad: the index of obs names two cells A, in rows 0 and 2", "--obs COLUMN=obs_name");
        Hox.output("ingest", atlas, twice, "--obs", "barcode=obs_name");
    }

    @Test
    void cellUidsThatTwoFilesShare() {
        Path first = good().obs("barcode", "A", "B").x(row(1, 2), row(0, 2)).write(file("first.h5ad"));
        Path second = good().obs("barcode", "C", "B").x(row(1, 2), row(0, 3)).write(file("second.h5ad"));

        Hox.Result result = Hox.run("ingest", atlas, first, second, "--obs", "barcode=uid");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("not ingested: ").contains("the value B in row 1 also occurs in ");
        Hox.output("optimize", atlas);
        assertThat(Hox.output("validate", atlas)).isEmpty();
    }

    @Test
    void filesThatAreNoH5ad() throws IOException {
        refused("ingest", atlas, file("absent.h5ad")).contains("absent.h5ad");
        refused("ingest", atlas, directory).contains(directory.toString());
        refused("ingest", atlas, Files.writeString(file("text.h5ad"), "gene,count\n"))
                .contains("not an HDF5 file");
        Path zip = file("zip.h5ad");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("zarr.json"));
        }
        refused("ingest", atlas, zip).contains("zip archive");
        Path tenx = Files.copy(Shared.data("heart_1k_v2_mouse_10x_v2.h5"), file("tenx.h5ad"));
        refused("ingest", atlas, tenx).contains("has no 'obs'");
    }

    @Test
    void aFileTruncatedAtHalf() throws IOException {
        for (Path source : List.of(
                Shared.data("pbmc68k_reduced.h5ad"),
                good().x(row(1, 2), row(0, 2)).write(file("whole.h5ad")),
                Shared.data("pancreas_mouse_50_spliced_unspliced.h5ad"))) {
            byte[] bytes = Files.readAllBytes(source);
            Path half = Files.write(file("half.h5ad"), Arrays.copyOf(bytes, bytes.length / 2));
            refused("ingest", atlas, half).contains("half.h5ad");
        }
    }

    @Test
    void filesWithoutCells() {
        Path file = MadeH5ad.of(0, 2)
                .obs(Column.strings("cell_type", new String[0]))
                .var("symbol", "A", "B")
                .x()
                .write(file("none.h5ad"));

        refused("ingest", atlas, file).contains("none.h5ad has no cells");
    }

    @Test
    void indicesOutsideTheMatrix() throws IOException {
        createFrom(
                "plain",
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"}}},
                 "registries": {"gene_expression": {}}}
                """);
        Path file = RawH5ad.of(2, 3).indptr(0, 1, 2).indices(0, 3).data(1, 2).write(file("outside.h5ad"));

        refused("ingest", atlas, file).contains("outside.h5ad", "index 3");
    }

    @Test
    void aBadFileAmongGoodOnes() {
        Path first = good().x(row(1, 2), row(0, 2)).write(file("first.h5ad"));
        Path fraction = good().x(row(1, 2), row(0, 2.5)).write(file("fraction.h5ad"));
        Path text = file("absent.h5ad");
        Path last = good().x(row(1, 2), row(0, 7)).write(file("last.h5ad"));

        Hox.Result result = Hox.run("ingest", atlas, first, fraction, text, last, "--format", "csv");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).hasSize(5);
        assertThat(result.lines().get(1)).contains("first.h5ad", "ingested");
        assertThat(result.lines().get(2)).contains("fraction.h5ad", "failed");
        assertThat(result.lines().get(3)).contains("absent.h5ad", "failed");
        assertThat(result.lines().get(4)).contains("last.h5ad", "ingested");
        assertThat(result.err())
                .contains("not ingested: ", "2.5 at cell 1")
                .contains("absent.h5ad")
                .contains("2 of 4 datasets were not ingested")
                .doesNotContain("Exception", "\tat ");
        Hox.output("optimize", atlas);
        Hox.output("snapshot", atlas);
        assertThat(Hox.output("count", atlas)).isEqualToIgnoringNewLines("4");
        assertThat(directory.resolve("atlas/zarr_store").toFile().list()).hasSize(3);
    }

    @Test
    void placesThatAreNoAtlas() throws IOException {
        Path file = good().x(row(1, 2), row(0, 2)).write(file("cells.h5ad"));

        refused("ingest", directory.resolve("nowhere"), file).contains("nowhere", "does not exist", "hox create");
        refused("ingest", directory, file).contains("is not an atlas");
        refused("ingest", Shared.atlas("g1_lancell"), file).contains("first generation");
        refused("ingest", atlas, file, "--obs-table", "nuclei").contains("no obs table 'nuclei'", "[cells]");
        refused("ingest", atlas, file, "--field", "protein").contains("no such pointer column", "gene_expression");
    }

    @Test
    void anAtlasIsNotMadeTwice() {
        Path file = good().x(row(1, 2), row(0, 2)).write(file("cells.h5ad"));

        refused("create", atlas, "--like", file).contains("atlas");
        refused("create", directory.resolve("other"), "--like", file("absent.h5ad"))
                .contains("absent.h5ad");
        assertThat(directory.resolve("other")).doesNotExist();
    }

    private org.assertj.core.api.AbstractStringAssert<?> refused(Object... command) {
        Map<String, Long> before = Disk.listing(directory);
        Hox.Result result = Hox.run(command);
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        // On a busy machine a line of progress may come first.
        List<String> messages =
                result.err().lines().filter(line -> !line.contains(" M/s")).toList();
        assertThat(messages).as(result.err()).hasSize(1);
        assertThat(messages.get(0)).startsWith("hox: ").doesNotContain("Exception", "unexpected");
        assertThat(Disk.listing(directory)).isEqualTo(before);
        return assertThat(messages.get(0));
    }

    /** Two cells and two features with all that the atlas asks for. */
    private static MadeH5ad good() {
        return MadeH5ad.of(2, 2).obs("cell_type", "T", "B").var("symbol", "A", "B");
    }

    private void createFrom(String name, String schema) throws IOException {
        atlas = directory.resolve(name);
        Hox.output("create", atlas, "--schema", Files.writeString(file("schema.json"), schema));
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
