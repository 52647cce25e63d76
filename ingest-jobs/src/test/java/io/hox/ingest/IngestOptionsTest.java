package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.ColumnSpec;
import io.hox.atlas.Uids;
import io.hox.ingest.DatasetReport.State;
import io.hox.ingest.IngestOptions.Duplicates;
import io.hox.source.Column;
import io.hox.source.Matrix.Layout;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How features are known and cells without a value are filled. */
class IngestOptionsTest {
    private static final ArrayShapes SMALL = new ArrayShapes(64, 128);

    @TempDir
    Path directory;

    private MadeAtlas atlas;

    @BeforeEach
    void open() {
        List<ColumnSpec> obs = List.of(
                new ColumnSpec("tissue", "string", false),
                ColumnSpec.nullable("age", "int64"),
                ColumnSpec.nullable("score", "double"),
                ColumnSpec.nullable("good", "bool"),
                ColumnSpec.nullable("seen", "timestamp"));
        atlas = new MadeAtlas(directory.resolve("atlas"), obs, "rna", "gene_expression");
    }

    @AfterEach
    void close() {
        atlas.close();
    }

    @Test
    void onlyEnsemblIdsLoseTheirVersions() {
        assertThat(SourceFeatures.withoutVersions(new String[] {
                    "ENSG00000139618.14",
                    "ENSMUSG00000017167.16",
                    "ENSG00000182378.15_PAR_Y",
                    "ENSG00000139618",
                    "AC012345.6",
                    "MT.1",
                    null
                }))
                .containsExactly(
                        "ENSG00000139618",
                        "ENSMUSG00000017167",
                        "ENSG00000182378.15_PAR_Y",
                        "ENSG00000139618",
                        "AC012345.6",
                        "MT.1",
                        null);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void columnsOfOneFeatureAreSummed(Layout layout) {
        String[] features = {"ENSG00000000003.2", "B", "ENSG00000000003.1", "C", "B"};
        int[][] indices = {{0, 1, 2, 3, 4}, {}, {1, 4}, {2}};
        float[][] values = {{1, 2, 4, 8, 16}, {}, {3, 5}, {7}};
        MadeMatrix matrix = new MadeMatrix(5, indices, values).as(layout);
        MadeSource source = new MadeSource(4).modality("", null, null, features, matrix);
        IngestOptions sum = new IngestOptions(Duplicates.SUM, true, true, false, 512L << 20);

        DatasetReport report = ingest(new ArrayShapes(2, 2), sum, source, Map.of("tissue", "lung"));

        assertThat(report.state()).as(report.toString()).isEqualTo(State.INGESTED);
        assertThat(report.features()).isEqualTo(3);
        String group = atlas.group("d", "gene_expression");
        assertThat(atlas.array(group + "/csr/indices").ints()).containsExactly(0, 1, 2, 1, 0);
        assertThat(atlas.array(group + "/csr/layers/counts").ints()).containsExactly(5, 18, 8, 8, 7);
        assertThat(atlas.cells("rna").get("c3").toString()).contains("\"start\":4,", "\"end\":5,");
        atlas.writer().optimize();
        assertThat(atlas.writer().validate()).isEmpty();
        assertThat(Uids.stable("ENSG00000000003")).matches("[0-9a-f]{16}");
    }

    @Test
    void featuresThatShareAKeyWithoutTheirVersionsAreRefused() {
        String[] features = {"ENSG00000000003.2", "ENSG00000000003.1"};
        MadeMatrix matrix = new MadeMatrix(2, new int[][] {{0}}, new float[][] {{1}});
        MadeSource source = new MadeSource(1).modality("", null, null, features, matrix);
        IngestOptions strip = new IngestOptions(Duplicates.REFUSE, true, false, false, 512L << 20);

        assertThat(ingest(SMALL, strip, source, Map.of("tissue", "lung"))
                        .notes()
                        .get(0))
                .contains("names several features alike: ENSG00000000003 (0 and 1)", "--duplicates sum");
    }

    @Test
    void cellsWithoutAValueGetTheOneThatIsGiven() {
        MadeSource source = source().obs(Column.strings("tissue", new String[] {"lung", null, "skin"}))
                .obs(Column.of(
                        "age", Values.of(DataType.INT64, new long[] {1, 2, 3}), new boolean[] {false, true, false}));
        Map<String, String> defaults =
                Map.of("tissue", "unknown", "age", "-1", "score", "0.5", "good", "true", "seen", "2024-02-10 12:00:00");

        DatasetReport report = ingest(SMALL, IngestOptions.DEFAULT, source, defaults);

        assertThat(report.state()).as(report.toString()).isEqualTo(State.INGESTED);
        assertThat(atlas.cells("tissue"))
                .containsExactly(Map.entry("c0", "lung"), Map.entry("c1", "unknown"), Map.entry("c2", "skin"));
        assertThat(atlas.cells("age").values()).containsExactly("1", "-1", "3");
        assertThat(atlas.cells("score").values()).containsOnly("0.5");
        assertThat(atlas.cells("good").values()).containsOnly("true");
        assertThat(atlas.cells("seen").values()).containsOnly("2024-02-10T12:00");
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThat(refused(Map.of())).contains("lacks the required obs column [tissue]");
        assertThat(refused(Map.of("tissue", "x", "age", "old"))).contains("the value old for cells without a age");
        assertThat(refused(Map.of("tissue", "x", "organ", "lung"))).contains("no column organ", "tissue");
        assertThat(refused(Map.of("tissue", "x", "rna", "lung"))).contains("no column rna");
        assertThat(refused(Map.of("tissue", "x", "seen", "soon"))).contains("soon");
    }

    @Test
    void columnsLeftOutAreToldOnceForEverySet() {
        MadeSource first = source().obs(Column.strings("extra", new String[3]));
        MadeSource second = source().obs(Column.strings("extra", new String[3]));
        MadeSource third = source().obs(Column.strings("other", new String[3]));

        List<DatasetReport> reports = atlas.ingest(
                SMALL,
                IngestOptions.DEFAULT,
                request("1", first, Map.of("tissue", "x")),
                request("2", second, Map.of("tissue", "x")),
                request("3", third, Map.of("tissue", "x")));

        assertThat(reports.get(0).notes())
                .containsExactly("obs columns that the atlas lacks were left out: extra; the same of 1 more datasets");
        assertThat(reports.get(1).notes()).isEmpty();
        assertThat(reports.get(2).notes()).containsExactly("obs columns that the atlas lacks were left out: other");
    }

    @Test
    void blocksAreAsLargeAsTheMemoryOfATaskAllows() {
        MadeMatrix matrix = MadeMatrix.random(1, 90, 100);
        MadeSource source = new MadeSource(90).matrix("X", matrix);
        IngestOptions little = new IngestOptions(Duplicates.REFUSE, false, false, false, 32L << 20);

        ingest(SMALL, little, source, Map.of("tissue", "x"));

        assertThat(matrix.largestBlock.get()).isEqualTo((16 << 20) / 64);
    }

    private String refused(Map<String, String> defaults) {
        DatasetReport report = ingest(SMALL, IngestOptions.DEFAULT, source(), defaults);
        assertThat(report.state()).isEqualTo(State.FAILED);
        return report.notes().get(0);
    }

    private static MadeSource source() {
        return new MadeSource(3).matrix("X", MadeMatrix.random(1, 3, 10));
    }

    private DatasetReport ingest(
            ArrayShapes shapes, IngestOptions options, MadeSource source, Map<String, String> defaults) {
        return atlas.ingest(shapes, options, request("d", source, defaults)).get(0);
    }

    private static DatasetRequest request(String uid, MadeSource source, Map<String, String> defaults) {
        return new DatasetRequest(MadeFormat.of(source), uid, Map.of(), Map.of(), defaults, Map.of());
    }
}
