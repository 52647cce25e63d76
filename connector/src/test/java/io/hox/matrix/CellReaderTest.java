package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.store.RequestCounter;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellReaderTest {

    private static final LayerColumn COUNTS = new LayerColumn("counts", DataType.INT32);
    private static final LayerColumn LOGS = new LayerColumn("logs", DataType.FLOAT32);
    private static final FeatureAxis ALL = FeatureAxis.everything();

    @TempDir
    Path directory;

    private TestGroups groups;

    @BeforeEach
    void twoSparseGroups() {
        groups = new TestGroups(directory)
                .layout("a", 10, 20, 30)
                .indices("a", 0, 2, 1, 2, 1, 2)
                .layer("a", "counts", Values.of(DataType.UINT32, new int[] {1, 2, 3, 4, 5, 0}))
                .layer("a", "logs", Values.of(DataType.FLOAT32, new float[] {.1f, .2f, .3f, .4f, .5f, 0}))
                .layout("deep/b", 25, 10)
                .indices("deep/b", 0, 1, 1)
                .layer("deep/b", "counts", Values.of(DataType.UINT32, new int[] {7, 8, 9}));
    }

    @Test
    void rowsComeInTheirOrderWhateverTheirGroups() {
        CellBlock block = groups.sparse(ALL, COUNTS)
                .read(CellPointers.sparse(5)
                        .add("deep/b", 2, 3)
                        .add("a", 0, 2)
                        .addAbsent()
                        .add("deep/b", 0, 2)
                        .add("a", 2, 2)
                        .build());

        assertThat(block.rows()).isEqualTo(5);
        assertThat(block.segments()).isEqualTo(2);
        assertThat(Blocks.row(block, 0, 0)).isEqualTo(Map.of(10, 9L));
        assertThat(Blocks.row(block, 1, 0)).isEqualTo(Map.of(10, 1L, 30, 2L));
        assertThat(Blocks.isPresent(block, 2)).isFalse();
        assertThat(block.length(2)).isZero();
        assertThat(Blocks.row(block, 3, 0)).isEqualTo(Map.of(10, 8L, 25, 7L));
        assertThat(Blocks.indices(block, 3)).containsExactly(10, 25);
        assertThat(Blocks.isPresent(block, 4)).as("no entries is not absent").isTrue();
        assertThat(block.length(4)).isZero();
        assertThat(block.entries()).isEqualTo(5);
    }

    @Test
    void repeatedIndicesAreSummedAndZerosKept() {
        CellBlock block = groups.sparse(ALL, COUNTS, LOGS)
                .read(CellPointers.sparse(2).add("a", 2, 6).add("a", 0, 6).build());

        assertThat(Blocks.row(block, 0, 0)).isEqualTo(Map.of(20, 8L, 30, 4L));
        assertThat(Blocks.row(block, 0, 1)).isEqualTo(Map.of(20, (double) (.3f + .5f), 30, (double) .4f));
        assertThat(Blocks.row(block, 1, 0)).isEqualTo(Map.of(10, 1L, 20, 8L, 30, 6L));
        assertThat(Blocks.row(
                        groups.sparse(ALL, COUNTS)
                                .read(CellPointers.sparse(1).add("a", 5, 6).build()),
                        0,
                        0))
                .isEqualTo(Map.of(30, 0L));
    }

    @Test
    void aLayerThatAGroupLacksIsNullForItsRowsOnly() {
        CellBlock block = groups.sparse(ALL, LOGS, COUNTS)
                .read(CellPointers.sparse(2)
                        .add("deep/b", 0, 1)
                        .add("a", 0, 1)
                        .addAbsent()
                        .build());

        assertThat(Blocks.hasLayer(block, 0, 0)).isFalse();
        assertThat(Blocks.hasLayer(block, 1, 0)).isTrue();
        assertThat(Blocks.hasLayer(block, 0, 1)).isTrue();
        assertThat(Blocks.hasLayer(block, 1, 2)).isFalse();
        assertThat(Blocks.row(block, 0, 1)).isEqualTo(Map.of(25, 7L));
    }

    @Test
    void pinnedFeaturesDropTheRest() {
        CellBlock block = groups.sparse(FeatureAxis.pinned(new int[] {25, 30, 99}), COUNTS)
                .read(CellPointers.sparse(2)
                        .add("a", 0, 4)
                        .add("deep/b", 0, 3)
                        .add("a", 0, 1)
                        .build());

        assertThat(Blocks.row(block, 0, 0)).isEqualTo(Map.of(30, 6L));
        assertThat(Blocks.row(block, 1, 0)).isEqualTo(Map.of(25, 7L));
        assertThat(Blocks.isPresent(block, 2)).isTrue();
        assertThat(block.length(2)).isZero();
    }

    @Test
    void blocksOfNoRowsAndOfAbsentRowsNeedNoStore() {
        RequestCounter counter = new RequestCounter();
        CellReader reader = groups.counted(counter, TestGroups.SPARSE, ALL, COUNTS);

        assertThat(reader.read(CellPointers.sparse(0).build()).rows()).isZero();
        assertThat(reader.read(CellPointers.sparse(2).addAbsent().addAbsent().build())
                        .rows())
                .isEqualTo(2);
        assertThat(counter.requests()).isZero();
    }

    @Test
    void onlySelectedLayersAreFetchedAndNearCellsTogether() {
        CellPointers pointers = CellPointers.sparse(3)
                .add("a", 4, 6)
                .add("a", 0, 2)
                .add("a", 3, 4)
                .build();
        RequestCounter indicesOnly = new RequestCounter();
        groups.counted(indicesOnly, TestGroups.SPARSE, ALL).read(pointers);
        RequestCounter oneLayer = new RequestCounter();
        CellReader reader = groups.counted(oneLayer, TestGroups.SPARSE, ALL, COUNTS);
        reader.read(pointers);
        long first = oneLayer.requests();
        RequestCounter twoLayers = new RequestCounter();
        groups.counted(twoLayers, TestGroups.SPARSE, ALL, COUNTS, LOGS).read(pointers);

        // Each array costs its document, its shard index and one request for the chunks.
        assertThat(indicesOnly.requests()).isBetween(2L, 3L);
        assertThat(first).isEqualTo(2 * indicesOnly.requests());
        assertThat(twoLayers.requests()).isEqualTo(3 * indicesOnly.requests());
        reader.read(pointers);
        assertThat(oneLayer.requests() - first)
                .as("documents and shard indexes are known")
                .isEqualTo(2);
    }

    @Test
    void aLayerIsNotFetchedWhenNoEntryIsKept() {
        RequestCounter counter = new RequestCounter();
        CellReader reader = groups.counted(counter, TestGroups.SPARSE, FeatureAxis.pinned(new int[] {30}), COUNTS);
        reader.read(CellPointers.sparse(1).add("a", 0, 1).build());
        RequestCounter indicesOnly = new RequestCounter();
        groups.counted(indicesOnly, TestGroups.SPARSE, ALL)
                .read(CellPointers.sparse(1).add("a", 0, 1).build());

        assertThat(counter.requests())
                .as("no more than the layer's document on top")
                .isEqualTo(indicesOnly.requests() + 1);
    }

    @Test
    void partsStayBelowTheBudget() {
        CellReader reader = groups.sparse(ALL, COUNTS);
        CellPointers pointers = CellPointers.sparse(5)
                .add("a", 0, 2)
                .addAbsent()
                .add("a", 2, 4)
                .add("a", 0, 6)
                .add("a", 1, 1)
                .build();

        assertThat(reader.fit(pointers, 0, 4)).isEqualTo(3);
        assertThat(reader.fit(pointers, 3, 4)).as("one large cell is a part").isEqualTo(4);
        assertThat(reader.fit(pointers, 0, 1)).isEqualTo(2);
        assertThat(reader.fit(pointers, 0, Long.MAX_VALUE)).isEqualTo(5);
        assertThat(reader.read(pointers, 2, 4).rows()).isEqualTo(2);
        CellPointers damaged = CellPointers.sparse(2)
                .add("a", 0, Long.MAX_VALUE)
                .add("a", -5, 1)
                .build();
        assertThat(reader.fit(damaged, 0, 10)).isEqualTo(1);
    }

    @Test
    void pointersOutsideTheirArraysAreRefused() {
        for (long[] range : new long[][] {
            {0, 7}, {7, 8}, {-1, 2}, {3, 2}, {Long.MIN_VALUE, Long.MAX_VALUE}, {0, Long.MAX_VALUE}, {-1, -1}
        }) {
            assertThatThrownBy(() -> groups.sparse(ALL, COUNTS)
                            .read(CellPointers.sparse(1)
                                    .add("a", range[0], range[1])
                                    .build()
                                    .named(row -> "cell-" + row)))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("'cell-0'")
                    .hasMessageContaining("'a'")
                    .hasMessageContaining("[" + range[0] + ", " + range[1] + ")")
                    .hasMessageContaining("[6]");
        }
    }

    @Test
    void aPointerThatClaimsAnAbsurdNumberOfEntriesIsRefusedBeforeMemoryIsTaken() {
        int length = (1 << 20) + 1;
        groups.layout("long", 1).flat("long/csr/indices", Values.allocate(DataType.UINT8, length));

        assertThatThrownBy(() -> groups.sparse(ALL)
                        .read(CellPointers.sparse(1).add("long", 0, length).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("more entries than a cell with 1 features can have");
    }

    @Test
    void anIndexBeyondTheLayoutIsRefused() {
        groups.layout("bad", 5, 6).indices("bad", 0, 1, 0, 2);

        assertThatThrownBy(() -> groups.sparse(ALL)
                        .read(CellPointers.sparse(1)
                                .add("bad", 0, 2)
                                .add("bad", 3, 4)
                                .build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("bad/csr/indices")
                .hasMessageContaining("feature index 2 at element 3")
                .hasMessageContaining("lists 2 features");
    }

    @Test
    void groupsThatAreNotListedOrHaveNoArraysAreRefused() {
        groups.layout("empty", 1);
        assertThatThrownBy(() -> groups.sparse(ALL)
                        .read(CellPointers.sparse(1).add("other", 0, 1).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'other'")
                .hasMessageContaining("dataset table");
        assertThatThrownBy(() -> groups.sparse(ALL)
                        .read(CellPointers.sparse(1).add("empty", 0, 1).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("empty/csr/indices");
    }

    @Test
    void layersOfAnotherLengthThanTheIndicesAreRefused() {
        groups.layer("deep/b", "logs", Values.of(DataType.FLOAT32, new float[2]));
        assertThatThrownBy(() -> groups.sparse(ALL, LOGS)
                        .read(CellPointers.sparse(1).add("deep/b", 0, 1).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("deep/b/csr/layers/logs")
                .hasMessageContaining("[2]")
                .hasMessageContaining("[3]");
    }

    @Test
    void unsignedValuesBeyondTheRangeAreRefused() {
        groups.layout("u", 3, 2, 1)
                .indices("u", 0, 1, 2)
                .layer("u", "counts", Values.of(DataType.UINT32, new int[] {1, Integer.MIN_VALUE, 2}))
                .layer("u", "wide", Values.of(DataType.UINT64, new long[] {1, 2, -1}));
        CellPointers pointers =
                CellPointers.sparse(2).add("u", 0, 1).add("u", 1, 3).build().named(row -> "cell-" + row);

        assertThatThrownBy(() -> groups.sparse(ALL, COUNTS).read(pointers))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'cell-1'")
                .hasMessageContaining("'counts'")
                .hasMessageContaining("2147483648")
                .hasMessageContaining("global index 2");
        assertThatThrownBy(() -> groups.sparse(ALL, new LayerColumn("wide", DataType.INT64))
                        .read(pointers))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("18446744073709551615")
                .hasMessageContaining("global index 1");
        assertThat(Blocks.row(
                        groups.sparse(FeatureAxis.pinned(new int[] {1, 3}), COUNTS)
                                .read(pointers),
                        1,
                        0))
                .as("dropped features are not looked at")
                .isEqualTo(Map.of(1, 2L));
        assertThat(Blocks.row(
                        groups.sparse(ALL, new LayerColumn("counts", DataType.INT64))
                                .read(pointers),
                        1,
                        0))
                .as("a wider column takes them")
                .isEqualTo(Map.of(2, 2147483648L, 1, 2L));
    }

    @Test
    void sumsBeyondTheRangeAreRefused() {
        groups.layout("s", 4)
                .indices("s", 0, 0)
                .layer("s", "counts", Values.of(DataType.UINT32, new int[] {Integer.MAX_VALUE, 1}))
                .layer("s", "wide", Values.of(DataType.INT64, new long[] {Long.MAX_VALUE, 1}));
        CellPointers pointers = CellPointers.sparse(1).add("s", 0, 2).build();

        for (LayerColumn layer : new LayerColumn[] {COUNTS, new LayerColumn("wide", DataType.INT64)}) {
            assertThatThrownBy(() -> groups.sparse(ALL, layer).read(pointers))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("'" + layer.name() + "'")
                    .hasMessageContaining("'s'")
                    .hasMessageContaining("global index 4");
        }
    }

    @Test
    void aLayerThatDoesNotFitItsColumnIsRefused() {
        assertThatThrownBy(() -> groups.sparse(ALL, new LayerColumn("logs", DataType.INT32))
                        .read(CellPointers.sparse(1).add("a", 0, 1).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("a/csr/layers/logs")
                .hasMessageContaining("float32");
    }

    @Test
    void denseRowsShareTheIndicesOfTheirDataset() {
        groups.layout("d", 7, 3, 5)
                .matrix("d", "counts", 3, Values.of(DataType.UINT32, new int[] {1, 2, 3, 4, 5, 6, 0, 8, 9}))
                .layout("e", 1, 2)
                .matrix("e", "logs", 2, Values.of(DataType.FLOAT32, new float[] {.5f, .25f}));
        CellPointers pointers = CellPointers.dense(3)
                .add("d", 2)
                .addAbsent()
                .add("e", 0)
                .add("d", 0)
                .build();

        CellBlock block = groups.dense(ALL, COUNTS, LOGS).read(pointers);

        assertThat(Blocks.row(block, 0, 0)).isEqualTo(Map.of(7, 0L, 3, 8L, 5, 9L));
        assertThat(Blocks.row(block, 3, 0)).isEqualTo(Map.of(7, 1L, 3, 2L, 5, 3L));
        assertThat(Blocks.indices(block, 0)).containsExactly(3, 5, 7);
        assertThat(block.indexOffset(0)).isEqualTo(block.indexOffset(3));
        assertThat(block.segment(block.segmentOf(0)).indices()).hasSize(3);
        assertThat(Blocks.hasLayer(block, 0, 2)).isFalse();
        assertThat(Blocks.row(block, 2, 1)).isEqualTo(Map.of(1, .5, 2, .25));

        CellBlock pinned =
                groups.dense(FeatureAxis.pinned(new int[] {7, 2}), COUNTS).read(pointers);
        assertThat(Blocks.row(pinned, 0, 0)).isEqualTo(Map.of(7, 0L));
        assertThat(Blocks.indices(pinned, 2)).containsExactly(2);
        CellBlock none =
                groups.dense(FeatureAxis.pinned(new int[] {99}), COUNTS).read(pointers);
        assertThat(Blocks.isPresent(none, 0)).isTrue();
        assertThat(none.entries()).isZero();
    }

    @Test
    void densePositionsAndShapesAreChecked() {
        groups.layout("d", 7, 3)
                .matrix("d", "counts", 2, Values.of(DataType.UINT32, new int[] {1, 2, -3, 4}))
                .layout("wrong", 7, 3, 4)
                .matrix("wrong", "counts", 2, Values.of(DataType.UINT32, new int[] {1, 2, 3, 4}));
        for (long position : new long[] {2, -1, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> groups.dense(ALL, COUNTS)
                            .read(CellPointers.dense(1).add("d", position).build()))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("'d', row " + position)
                    .hasMessageContaining("[2, 2]");
        }
        assertThatThrownBy(() -> groups.dense(ALL, COUNTS)
                        .read(CellPointers.dense(1).add("wrong", 0).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("wrong/layers/counts")
                .hasMessageContaining("3 features");
        assertThatThrownBy(() -> groups.dense(ALL, COUNTS)
                        .read(CellPointers.dense(1).add("d", 0).add("d", 1).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("4294967293")
                .hasMessageContaining("global index 7");
    }

    @Test
    void denseIndicesAloneNeedNoStore() {
        RequestCounter counter = new RequestCounter();
        groups.layout("d", 7, 3);
        CellBlock block = groups.counted(counter, TestGroups.DENSE, ALL)
                .read(CellPointers.dense(1).add("d", 5).build());
        assertThat(Blocks.indices(block, 0)).containsExactly(3, 7);
        assertThat(counter.requests()).isZero();
    }

    @Test
    void tasksShareGroupsSafely() throws Exception {
        RequestCounter counter = new RequestCounter();
        GroupReaders shared = groups.shared(counter, TestGroups.SPARSE, ALL, COUNTS, LOGS);
        CellPointers pointers =
                CellPointers.sparse(2).add("a", 0, 6).add("deep/b", 0, 3).build();
        ExecutorService tasks = Executors.newFixedThreadPool(4);
        try {
            List<Future<Map<Integer, Number>>> rows = new ArrayList<>();
            for (int task = 0; task < 16; task++) {
                rows.add(tasks.submit(() -> {
                    CellReader reader = shared.cells();
                    Map<Integer, Number> row = null;
                    for (int i = 0; i < 20; i++) {
                        row = Blocks.row(reader.read(pointers), 0, 0);
                    }
                    return row;
                }));
            }
            for (Future<Map<Integer, Number>> row : rows) {
                assertThat(row.get()).isEqualTo(Map.of(10, 1L, 20, 8L, 30, 6L));
            }
        } finally {
            tasks.shutdownNow();
        }
        assertThat(shared.group("a")).isSameAs(shared.group("a"));
    }
}
