package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.ColumnSpec;
import io.hox.atlas.Encoding;
import io.hox.ingest.DatasetReport.State;
import io.hox.source.Matrix.Layout;
import io.hox.store.ObjectStore;
import io.hox.zarr.ArrayMetadata;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.DataType;
import io.hox.zarr.Numbers;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a dataset is shared out among tasks, its arrays are those that one writer makes from start to end. */
class EngineTest {
    private static final ArrayShapes SMALL = new ArrayShapes(64, 128);
    private static final int ROWS = 97;
    private static final int COLUMNS = 150;

    @TempDir
    Path directory;

    private MadeAtlas atlas;

    @BeforeEach
    void open() {
        atlas = new MadeAtlas(
                directory.resolve("atlas"),
                List.of(ColumnSpec.nullable("n", "int64")),
                "rna",
                "gene_expression",
                "protein",
                "protein_abundance");
    }

    @AfterEach
    void close() {
        atlas.close();
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void manySmallShards(Layout layout) {
        MadeMatrix matrix = MadeMatrix.random(1, ROWS, COLUMNS).as(layout);
        check(matrix, layout == Layout.DENSE, ingest(SMALL, matrix));
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void oneShard(Layout layout) {
        MadeMatrix matrix = MadeMatrix.random(2, ROWS, COLUMNS).as(layout);
        check(matrix, layout == Layout.DENSE, ingest(ArrayShapes.DEFAULT, matrix));
    }

    @Test
    void aSourceThatMustBeReadFromItsStart() {
        MadeMatrix matrix = MadeMatrix.random(3, ROWS, COLUMNS).unsplittable();
        check(matrix, false, ingest(SMALL, matrix));
    }

    @Test
    void repeatedEntriesAreSummedWhereverShardsEnd() {
        MadeMatrix messy = MadeMatrix.random(4, ROWS, COLUMNS);
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i + 1 < messy.indices[row].length; i += 5) {
                messy.indices[row][i] = messy.indices[row][i + 1];
            }
        }
        DatasetReport report = ingest(SMALL, messy);
        check(messy, false, report);
        assertThat(report.notes()).singleElement().asString().contains("of 97 rows had unsorted or repeated indices");
        assertThat(atlas.writer().zarr().store().list("d"))
                .containsExactly(atlas.group("d", "gene_expression").substring(2), "zarr.json");
    }

    @Test
    void repeatedEntriesOfAMatrixStoredByColumns() {
        MadeMatrix messy = MadeMatrix.random(5, ROWS, COLUMNS).as(Layout.CSC);
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i + 1 < messy.indices[row].length; i += 9) {
                messy.indices[row][i + 1] = messy.indices[row][i];
            }
        }
        check(messy, false, ingest(SMALL, messy));
    }

    @Test
    void emptyCellsAtBordersBelongToOnePieceEach() {
        int[][] indices = new int[40][];
        float[][] values = new float[40][];
        for (int row = 0; row < 40; row++) {
            // Every third row fills exactly one shard.
            indices[row] = row % 3 == 0 ? IntStream.range(0, 128).toArray() : new int[0];
            values[row] = new float[indices[row].length];
            Arrays.fill(values[row], row + 1);
        }
        for (Layout layout : List.of(Layout.CSR, Layout.CSC)) {
            MadeMatrix matrix = new MadeMatrix(128, indices, values).as(layout);
            check(matrix, false, ingest(layout.name(), SMALL, matrix), layout.name());
        }
    }

    @Test
    void rowsLongerThanShards() {
        int[][] indices = new int[5][];
        float[][] values = new float[5][];
        for (int row = 0; row < 5; row++) {
            indices[row] = IntStream.range(0, 500).toArray();
            values[row] = new float[500];
            Arrays.fill(values[row], row + 1);
        }
        for (Layout layout : List.of(Layout.CSR, Layout.CSC)) {
            MadeMatrix matrix = new MadeMatrix(500, indices, values).as(layout);
            check(matrix, false, ingest(layout.name(), SMALL, matrix), layout.name());
        }
    }

    @Test
    void nothingButEmptyCells() {
        MadeMatrix matrix = new MadeMatrix(10, new int[3][0], new float[3][0]);
        check(matrix, false, ingest(SMALL, matrix));
    }

    @Test
    void oneCell() {
        MadeMatrix matrix = new MadeMatrix(2, new int[][] {{1}}, new float[][] {{4}});
        check(matrix, false, ingest(SMALL, matrix));
    }

    @Test
    void furtherLayersLieBesideTheFirst() {
        MadeMatrix counts = MadeMatrix.random(6, ROWS, COLUMNS);
        MadeMatrix scaled = counts.scaled(0.25f).as(Layout.CSC);
        MadeSource source = new MadeSource(ROWS).matrix("X", counts).matrix("layers/n", scaled);

        DatasetReport report = ingest("d", SMALL, source, Map.of("X", "counts", "layers/n", "log_normalized"));

        check(counts, false, report);
        float[] written = atlas.array(atlas.group("d", "gene_expression") + "/csr/layers/log_normalized")
                .floats();
        assertThat(written).isEqualTo(expected(scaled).values());
    }

    @Test
    void furtherLayersOfAnotherStructureAreRefusedWithTheFirstCell() {
        MadeMatrix counts = MadeMatrix.random(7, ROWS, COLUMNS);
        int row = ROWS / 2;
        MadeMatrix shorter = new MadeMatrix(COLUMNS, counts.indices.clone(), counts.values.clone());
        shorter.indices[row] = Arrays.copyOf(counts.indices[row], COLUMNS - 1);
        shorter.values[row] = Arrays.copyOf(counts.values[row], COLUMNS - 1);
        MadeSource source = new MadeSource(ROWS).matrix("X", counts).matrix("layers/n", shorter);

        DatasetReport report = ingest("d", SMALL, source, Map.of("X", "counts", "layers/n", "log_normalized"));

        assertThat(report.state()).isEqualTo(State.FAILED);
        assertThat(report.notes().get(0))
                .contains("layers/n has its entries in other places than X, first in cell " + row);
        assertThat(atlas.writer().zarr().store().list("")).containsExactly("zarr.json");
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void denseGroupsTakeAnyMatrix(Layout layout) {
        MadeMatrix matrix = MadeMatrix.random(8, ROWS, 10).as(layout);
        MadeSource source = new MadeSource(ROWS).matrix("X", matrix);
        DatasetRequest request = new DatasetRequest(
                MadeFormat.of(source),
                "d",
                Map.of("*", ModalityRequest.of("protein", Map.of(), null)),
                Map.of(),
                Map.of(),
                Map.of());

        DatasetReport report =
                atlas.ingest(SMALL, IngestOptions.DEFAULT, request).get(0);

        assertThat(report.state()).as(report.toString()).isEqualTo(State.INGESTED);
        String group = atlas.group("d", "protein_abundance");
        String path = group + "/layers/"
                + atlas.writer().zarr().arrayNames(group + "/layers").get(0);
        assertThat(atlas.writer().zarr().array(path).shape()).containsExactly(ROWS, 10);
        Values written = atlas.array(path);
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < matrix.indices[row].length; i++) {
                assertThat(Numbers.doubleAt(written, row * 10 + matrix.indices[row][i]))
                        .isEqualTo(matrix.values[row][i]);
            }
        }
        assertThat(atlas.cells("protein").get("c41").toString()).contains("\"position\":41");
    }

    private DatasetReport ingest(ArrayShapes shapes, MadeMatrix matrix) {
        return ingest("d", shapes, matrix);
    }

    private DatasetReport ingest(String uid, ArrayShapes shapes, MadeMatrix matrix) {
        return ingest(uid, shapes, new MadeSource((int) matrix.rows()).matrix("X", matrix), Map.of("X", "counts"));
    }

    private DatasetReport ingest(String uid, ArrayShapes shapes, MadeSource source, Map<String, String> layers) {
        Map<String, String> ordered = new TreeMap<>(layers);
        DatasetRequest request = new DatasetRequest(
                MadeFormat.of(source),
                uid,
                Map.of("*", ModalityRequest.of("rna", ordered, null)),
                Map.of(),
                Map.of(),
                Map.of());
        return atlas.ingest(shapes, IngestOptions.DEFAULT, request).get(0);
    }

    /** A matrix as flat arrays: rows sorted, repeated entries summed. */
    private record Flat(int[] indices, float[] values, long[] ends) {}

    private static Flat expected(MadeMatrix matrix) {
        List<Integer> indices = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        long[] ends = new long[(int) matrix.rows()];
        for (int row = 0; row < ends.length; row++) {
            Map<Integer, Float> sums = new TreeMap<>();
            for (int i = 0; i < matrix.indices[row].length; i++) {
                if (matrix.layout() != Layout.DENSE || matrix.values[row][i] != 0) {
                    sums.merge(matrix.indices[row][i], matrix.values[row][i], Float::sum);
                }
            }
            indices.addAll(sums.keySet());
            values.addAll(sums.values());
            ends[row] = indices.size();
        }
        float[] flat = new float[values.size()];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = values.get(i);
        }
        return new Flat(indices.stream().mapToInt(Integer::intValue).toArray(), flat, ends);
    }

    private void check(MadeMatrix matrix, boolean dense, DatasetReport report) {
        check(matrix, dense, report, "d");
    }

    private void check(MadeMatrix matrix, boolean dense, DatasetReport report, String uid) {
        assertThat(report.state()).as(report.toString()).isEqualTo(State.INGESTED);
        Flat flat = expected(matrix);
        assertThat(report.nonZeros()).isEqualTo(flat.indices().length);
        assertThat(report.cells()).isEqualTo(matrix.rows());
        String group = atlas.group(uid, "gene_expression");
        long[] counts = new long[flat.values().length];
        int[] packed = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            packed[i] = (int) flat.values()[i];
        }
        assertThat(atlas.array(group + "/csr/indices").ints()).isEqualTo(flat.indices());
        assertThat(atlas.array(group + "/csr/layers/counts").ints()).isEqualTo(packed);
        sameObjects(group + "/csr/indices", Values.of(DataType.UINT32, flat.indices()), Encoding.PACKED_ZIGZAG);
        sameObjects(group + "/csr/layers/counts", Values.of(DataType.UINT32, packed), Encoding.PACKED);
        Map<String, Object> pointers = atlas.cells("rna");
        for (int row = 0; row < matrix.rows(); row++) {
            assertThat(pointers.get("c" + row).toString())
                    .contains("\"start\":" + (row == 0 ? 0 : flat.ends()[row - 1]) + ",")
                    .contains("\"end\":" + flat.ends()[row] + ",")
                    .contains("\"zarr_row\":" + row + "}");
        }
        assertThat(atlas.writer().zarr().store().list(uid)).noneMatch(name -> name.endsWith(".rows"));
        assertThat(atlas.writer().validate()).isEmpty();
    }

    /** Byte for byte what a single writer stores. */
    private void sameObjects(String path, Values values, Encoding encoding) {
        ObjectStore written = atlas.writer().zarr().store();
        ObjectStore single = ObjectStore.open(directory.resolve("single").toString(), Map.of());
        long[] shard = atlas.writer().zarr().array(path).metadata().shardShape();
        ArrayShapes shapes = shard[0] == 128 ? SMALL : ArrayShapes.DEFAULT;
        ArrayMetadata template = shapes.flat(DataType.UINT32, encoding.compression(DataType.UINT32), 0);
        try (ArrayWriter writer = new ZarrHierarchy(single, new ZarrCache()).createArray(path, template)) {
            writer.append(values, 0, values.length());
            writer.finish();
        }
        assertThat(written.list(path + "/c")).isEqualTo(single.list(path + "/c"));
        for (String object : single.list(path + "/c")) {
            assertThat(written.read(path + "/c/" + object)).isEqualTo(single.read(path + "/c/" + object));
        }
        assertThat(written.read(path + "/zarr.json")).isEqualTo(single.read(path + "/zarr.json"));
    }
}
