package io.hox.ingest;

import static io.hox.ingest.MadeH5ad.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Anndata;
import io.hox.cli.Hox;
import io.hox.h5ad.RawH5ad;
import io.hox.source.Column;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code hox ingest} writes is what {@code hox query} gives back, wherever the atlas lies. */
abstract class IngestContract {
    @TempDir
    Path directory;

    private AtlasPlace place;
    private String atlas;

    /** Where atlases are made; the directory is for local ones. */
    abstract AtlasPlace place(Path directory);

    @BeforeEach
    void open() {
        place = place(directory);
        atlas = place.atlas("atlas");
    }

    @AfterEach
    void close() {
        place.close();
    }

    @Test
    void aFileComesBackWithItsAnnotationsAndValues() {
        Path file = MadeH5ad.of(3, 4)
                .obs("cell_type", "T", null, "B")
                .obs("n", 7L, -1L, 3L)
                .obs("score", 0.5, Double.NaN, 2.25)
                .obs(Column.of(
                        "good", Values.of(DataType.BOOL, new byte[] {1, 0, 1}), new boolean[] {false, true, false}))
                .obs(Column.categorical("batch", new int[] {1, 0, -1}, new String[] {"b1", "b2"}, true))
                .var("symbol", "A", "B", null, "D")
                .x(row(0, 1, 2, 0), row(0, 0, 0, 0), row(5, 0, 0, 16777216))
                .write(file("cells.h5ad"));
        create("--like", file);

        Hox.Result result = Hox.run("ingest", atlas, file);

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.lines()).hasSize(2);
        assertThat(result.lines().get(1)).contains("cells.h5ad", "ingested");
        assertThat(result.err()).contains("hox snapshot " + atlas);
        Anndata read = publishAndRead();
        assertThat(read.obs().get("obs_name")).containsExactly("c0", "c1", "c2");
        assertThat(read.obs().get("cell_type")).containsExactly("T", null, "B");
        assertThat(read.obs().get("n")).containsExactly(7L, -1L, 3L);
        assertThat(read.obs().get("score")).containsExactly(0.5, null, 2.25);
        assertThat(read.obs().get("good")).containsExactly(true, null, true);
        assertThat(read.obs().get("batch")).containsExactly("b2", "b1", null);
        assertThat(read.varNames()).containsExactlyInAnyOrder("g0", "g1", "g2", "g3");
        assertThat(read.var().get("symbol")).containsExactlyInAnyOrder("A", "B", null, "D");
        assertThat(cells(read, "X"))
                .isEqualTo(Map.of(
                        "c0", Map.of("g1", 1L, "g2", 2L),
                        "c1", Map.of(),
                        "c2", Map.of("g0", 5L, "g3", 16777216L)));
    }

    @Test
    void aSecondRunSkipsWhatIsThere() {
        Path first = tiny("first.h5ad", 1);
        Path second = tiny("second.h5ad", 2);
        create("--like", first);
        Hox.output("ingest", atlas, first);
        Map<String, Long> before = Disk.listing(place.files("atlas"));

        Hox.Result again = Hox.run("ingest", atlas, first);

        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("already there");
        assertThat(again.err()).contains("nothing was written").doesNotContain("hox optimize");
        assertThat(Disk.listing(place.files("atlas"))).isEqualTo(before);

        assertThat(Hox.output("ingest", atlas, first, second)).contains("already there", "ingested");
        assertThat(publishAndRead().obsNames()).hasSize(2);
    }

    @Test
    void severalFilesWithDifferentPanelsAreIngestedAtOnce() {
        Path first = MadeH5ad.of(2, 3)
                .features("A", "B", "C")
                .x(row(1, 2, 3), row(0, 0, 4))
                .write(file("1.h5ad"));
        Path second = MadeH5ad.of(1, 3).features("C", "D", "A").x(row(7, 8, 9)).write(file("2.h5ad"));
        Path third = MadeH5ad.of(1, 2).features("A", "C").x(row(0, 6)).write(file("3.h5ad"));
        create("--like", first);

        Hox.output("ingest", atlas, first, second, third);

        Anndata union = publishAndRead();
        assertThat(union.varNames()).containsExactlyInAnyOrder("A", "B", "C", "D");
        assertThat(union.obsNames()).hasSize(4);
        assertThat(union.matrix("X").values())
                .containsExactlyInAnyOrder(
                        Map.of("A", 1L, "B", 2L, "C", 3L),
                        Map.of("C", 4L),
                        Map.of("C", 7L, "D", 8L, "A", 9L),
                        Map.of("C", 6L));
        assertThat(query("--feature-join", "intersection").varNames()).containsExactlyInAnyOrder("A", "C");
        assertThat(Hox.output("count", atlas, "--group-by", "dataset_uid", "--format", "csv")
                        .lines())
                .hasSize(4);
    }

    @Test
    void obsColumnsAreRenamedAndOthersLeftOutWithANote() throws IOException {
        createFrom(
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"},
                  "columns": {"cell_type": {"type": "enum", "nullable": false}, "age": "double", "seen": "timestamp"}}},
                 "registries": {"gene_expression": {"columns": {"symbol": "string"}}}}
                """);
        Path file = MadeH5ad.of(2, 1)
                .obs("louvain", "T", "B")
                .obs("age", 30L, 41L)
                .obs("seen", "2024-02-10 12:00:00", "2024-02-11")
                .obs("other", "x", "y")
                .x(row(1), row(2))
                .write(file("cells.h5ad"));

        Hox.Result result = Hox.run("ingest", atlas, file, "--obs", "louvain=cell_type");

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.err()).contains("cells.h5ad: obs columns that the atlas lacks were left out: other");
        Anndata read = publishAndRead();
        assertThat(read.obs().get("cell_type")).containsExactly("T", "B");
        assertThat(read.obs().get("age")).containsExactly(30.0, 41.0);
        assertThat(read.obs().get("seen")).containsExactly("2024-02-10 12:00:00", "2024-02-11 00:00:00");
    }

    @Test
    void columnsWithDotsGetUnderscores() {
        Path file = MadeH5ad.of(1, 1).obs("percent.mt", 0.5).x(row(1)).write(file("seurat.h5ad"));
        create("--like", file);

        Hox.output("ingest", atlas, file);

        assertThat(publishAndRead().obs().get("percent_mt")).containsExactly(0.5);
    }

    @Test
    void aFeatureKeyNamesTheFeatures() {
        Path file = MadeH5ad.of(1, 2)
                .features("SAME", "SAME")
                .var("gene_ids", "ENSG1", "ENSG2")
                .x(row(3, 4))
                .write(file("cells.h5ad"));
        create("--like", file);

        Hox.output("ingest", atlas, file, "--feature-key", "gene_ids");

        assertThat(publishAndRead().matrix("X").values()).containsExactly(Map.of("ENSG1", 3L, "ENSG2", 4L));
    }

    @Test
    void mappedUidsAreKept() {
        Path file =
                MadeH5ad.of(2, 1).obs("barcode", "AAA", "CCC").x(row(1), row(2)).write(file("cells.h5ad"));
        create("--like", file);

        Hox.output("ingest", atlas, file, "--obs", "barcode=uid", "--dataset-uid", "mine");

        Anndata read = publishAndRead();
        assertThat(read.obsNames()).containsExactly("AAA", "CCC");
        assertThat(read.obs().get("dataset_uid")).containsOnly("mine");
    }

    @Test
    void severalLayersShareOneStructure() {
        Path file = MadeH5ad.of(2, 2)
                .x(row(1, 2), row(0, 3))
                .matrix("layers/norm", DataType.FLOAT64, row(0.5, 0.25), row(0, 1.5))
                .write(file("cells.h5ad"));
        create("--like", file);

        Hox.output("ingest", atlas, file, "--layer", "X=counts", "--layer", "layers/norm=log_normalized");

        publish();
        Anndata read = query("--layers", "counts,log_normalized");
        assertThat(cells(read, "X")).isEqualTo(Map.of("c0", Map.of("g0", 1L, "g1", 2L), "c1", Map.of("g1", 3L)));
        assertThat(cells(read, "layers/log_normalized"))
                .isEqualTo(Map.of("c0", Map.of("g0", 0.5, "g1", 0.25), "c1", Map.of("g1", 1.5)));
    }

    @Test
    void unsortedAndRepeatedIndicesAreNormalisedWithANote() {
        Path file = RawH5ad.of(2, 3)
                .indptr(0, 4, 5)
                .indices(2, 0, 2, 1, 1)
                .data(1, 2, 3, 4, 5)
                .write(file("messy.h5ad"));
        create("--like", file);

        Hox.Result result = Hox.run("ingest", atlas, file);

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.err()).contains("1 of 2 rows had unsorted or repeated indices");
        assertThat(cells(publishAndRead(), "X"))
                .isEqualTo(Map.of("c0", Map.of("g0", 2L, "g1", 4L, "g2", 4L), "c1", Map.of("g1", 5L)));
    }

    @Test
    void aMatrixStoredByColumnsIsIngestedByRows() {
        Path file = RawH5ad.of(3, 2)
                .encoding("csc_matrix")
                .indptr(0, 2, 4)
                .indices(0, 2, 1, 2)
                .data(1, 2, 3, 4)
                .write(file("by_columns.h5ad"));
        create("--like", file);

        assertThat(Hox.run("ingest", atlas, file).exitCode()).isZero();

        assertThat(cells(publishAndRead(), "X"))
                .isEqualTo(Map.of("c0", Map.of("g0", 1L), "c1", Map.of("g1", 3L), "c2", Map.of("g0", 2L, "g1", 4L)));
    }

    @Test
    void columnsOfTheDatasetTableAreFilled() throws IOException {
        createFrom(
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"}}},
                 "datasets": {"columns": {"title": {"type": "string", "nullable": false}, "donors": "int64",
                   "public": "bool", "made": "timestamp"}},
                 "registries": {"gene_expression": {}}}
                """);
        Path file = tiny("cells.h5ad", 1);
        Map<String, Long> before = Disk.listing(place.files("atlas"));

        Hox.Result missing = Hox.run("ingest", atlas, file);
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("title").contains("--dataset title=VALUE");
        Hox.Result unknown = Hox.run("ingest", atlas, file, "--dataset", "title=a", "--dataset", "tite=b");
        assertThat(unknown.err()).contains("no column of that name").contains("donors");
        Hox.Result unfit = Hox.run("ingest", atlas, file, "--dataset", "title=a", "--dataset", "donors=many");
        assertThat(unfit.err()).contains("--dataset donors=many");
        assertThat(Disk.listing(place.files("atlas"))).isEqualTo(before);

        Hox.output(
                "ingest",
                atlas,
                file,
                "--dataset",
                "title=a=b",
                "--dataset",
                "donors=3",
                "--dataset",
                "public=true",
                "--dataset",
                "made=2024-02-10 12:00:00");
        publish();
        assertThat(publishAndRead().obsNames()).hasSize(1);
    }

    @Test
    void uidsOfFeaturesAreDerivedWhereTheRegistrySaysSo() throws IOException {
        createFrom(
                """
                {"obs": {"cells": {"pointers": {"gene_expression": "gene_expression"}}},
                 "registries": {"gene_expression": {"columns": {"gene_name": "string"}, "stable_uid": "gene_name"}}}
                """);
        Path file = MadeH5ad.of(1, 2).features("CD3D", "CD19").x(row(3, 4)).write(file("cells.h5ad"));

        Hox.output("ingest", atlas, file);

        Anndata read = publishAndRead();
        assertThat(read.var().get("gene_name")).containsExactlyInAnyOrder("CD3D", "CD19");
        assertThat(read.varNames()).allMatch(uid -> uid.matches("[0-9a-f]{16}"));
        assertThat(query("--features", "CD19", "--feature-key", "gene_name")
                        .matrix("X")
                        .values())
                .containsExactly(
                        Map.of(read.varNames().get(read.var().get("gene_name").indexOf("CD19")), 4L));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Path tiny(String name, double value) {
        return MadeH5ad.of(1, 2).x(row(value, 0)).write(file(name));
    }

    void create(Object... options) {
        Object[] command = new Object[options.length + 2];
        command[0] = "create";
        command[1] = atlas;
        System.arraycopy(options, 0, command, 2, options.length);
        Hox.output(command);
    }

    private void createFrom(String schema) throws IOException {
        create("--schema", Files.writeString(file("schema.json"), schema));
    }

    private void publish() {
        Hox.output("optimize", atlas);
        Hox.output("snapshot", atlas);
    }

    private Anndata publishAndRead() {
        publish();
        return query();
    }

    private Anndata query(Object... options) {
        Path out = file("out.h5ad");
        List<Object> command = new java.util.ArrayList<>(List.of("query", atlas, "--out", out));
        command.addAll(List.of(options));
        Hox.output(command.toArray());
        return Anndata.read(out);
    }

    /** A matrix by the names that cells had in their file. */
    private static Map<String, Map<String, Number>> cells(Anndata read, String key) {
        Map<String, Map<String, Number>> cells = new java.util.TreeMap<>();
        for (int i = 0; i < read.obsNames().size(); i++) {
            cells.put(
                    (String) read.obs().get("obs_name").get(i),
                    read.matrix(key).get(read.obsNames().get(i)));
        }
        return cells;
    }
}
