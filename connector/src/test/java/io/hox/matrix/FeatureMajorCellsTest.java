package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.store.RequestCounter;
import io.hox.testing.Directories;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells of groups that are read from their feature-major copies, against the same cells read from their rows. */
class FeatureMajorCellsTest {
    private static final LayerColumn COUNTS = new LayerColumn("counts", DataType.INT32);
    private static final LayerColumn LOGS = new LayerColumn("logs", DataType.FLOAT32);

    /** A random group, its cells' ranges. */
    private record Made(String group, int features, int[] starts) {
        int cells() {
            return starts.length - 1;
        }
    }

    @Property(tries = 60)
    void equalTheCellsOfTheirRows(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int groups, @ForAll @IntRange(max = 6) int wanted)
            throws IOException {
        Random random = new Random(seed);
        Path directory = Files.createTempDirectory("hox-matrix");
        try {
            TestGroups store = new TestGroups(directory);
            List<Made> made = new ArrayList<>();
            for (int g = 0; g < groups; g++) {
                made.add(make(store, "group" + g, random));
            }
            int[] pinned = random.ints(wanted, 0, 40).toArray();
            FeatureAxis axis = FeatureAxis.pinned(pinned);
            CellPointers pointers = pointers(made, random);

            CellBlock byRow = store.sparse(axis, COUNTS, LOGS).read(pointers);
            CellBlock mixed = store.featureMajor(
                            new RequestCounter(),
                            random.nextBoolean() ? Set.of("group0") : all(made),
                            axis,
                            COUNTS,
                            LOGS)
                    .read(pointers);

            assertThat(mixed.rows()).isEqualTo(byRow.rows());
            for (int row = 0; row < byRow.rows(); row++) {
                assertThat(Blocks.isPresent(mixed, row)).isEqualTo(Blocks.isPresent(byRow, row));
                assertThat(Blocks.indices(mixed, row)).isEqualTo(Blocks.indices(byRow, row));
                assertThat(Blocks.row(mixed, row, 0)).isEqualTo(Blocks.row(byRow, row, 0));
                assertThat(Blocks.row(mixed, row, 1)).isEqualTo(Blocks.row(byRow, row, 1));
            }
        } finally {
            Directories.delete(directory);
        }
    }

    private static Set<String> all(List<Made> made) {
        return Set.copyOf(made.stream().map(Made::group).toList());
    }

    /** Rows with entries in any order, some repeated, some zero; every layer and its copy, or none of the logs. */
    private static Made make(TestGroups store, String group, Random random) {
        int features = 1 + random.nextInt(20);
        int cells = 1 + random.nextInt(30);
        int[] layout = random.ints(0, 40).distinct().limit(features).toArray();
        int[] starts = new int[cells + 1];
        int[] indices = new int[cells * 12];
        for (int cell = 0; cell < cells; cell++) {
            int n = random.nextInt(12);
            for (int i = 0; i < n; i++) {
                indices[starts[cell] + i] = random.nextInt(features);
            }
            starts[cell + 1] = starts[cell] + n;
        }
        indices = Arrays.copyOf(indices, starts[cells]);
        int[] counts = random.ints(indices.length, 0, 9).toArray();
        float[] logs = new float[indices.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = random.nextFloat();
        }
        boolean hasLogs = random.nextBoolean();
        store.layout(group, layout).indices(group, indices).layer(group, "counts", uint(counts));
        Transposed copy = new Transposed(features, starts, indices);
        store.columns(group, copy.pointers, copy.rows).columnLayer(group, "counts", uint(copy.of(counts)));
        if (hasLogs) {
            store.layer(group, "logs", Values.of(DataType.FLOAT32, logs));
            float[] turned = new float[logs.length];
            for (int i = 0; i < turned.length; i++) {
                turned[i] = logs[copy.from[i]];
            }
            store.columnLayer(group, "logs", Values.of(DataType.FLOAT32, turned));
        }
        return new Made(group, features, starts);
    }

    private static Values uint(int[] values) {
        return Values.of(DataType.UINT32, values);
    }

    private static CellPointers pointers(List<Made> made, Random random) {
        int n = 1 + random.nextInt(60);
        CellPointers.Builder pointers = CellPointers.sparse(1);
        for (int i = 0; i < n; i++) {
            Made group = made.get(random.nextInt(made.size()));
            int cell = random.nextInt(group.cells());
            if (random.nextInt(10) == 0) {
                pointers.addAbsent();
            } else {
                pointers.add(group.group, group.starts[cell], group.starts[cell + 1], cell);
            }
        }
        return pointers.build();
    }

    /** The plainest way to turn rows into columns. */
    private static final class Transposed {
        final long[] pointers;
        final int[] rows;
        final int[] from;

        Transposed(int features, int[] starts, int[] indices) {
            pointers = new long[features + 1];
            rows = new int[indices.length];
            from = new int[indices.length];
            int n = 0;
            for (int feature = 0; feature < features; feature++) {
                for (int cell = 0; cell + 1 < starts.length; cell++) {
                    for (int i = starts[cell]; i < starts[cell + 1]; i++) {
                        if (indices[i] == feature) {
                            rows[n] = cell;
                            from[n++] = i;
                        }
                    }
                }
                pointers[feature + 1] = n;
            }
        }

        int[] of(int[] values) {
            int[] turned = new int[values.length];
            Arrays.setAll(turned, i -> values[from[i]]);
            return turned;
        }
    }

    @TempDir
    Path directory;

    private TestGroups small() {
        return new TestGroups(directory)
                .layout("a", 10, 20)
                .columns("a", new long[] {0, 2, 3}, 0, 2, 1)
                .columnLayer("a", "counts", uint(new int[] {1, -1, 3}));
    }

    @Test
    void columnsAreReadOnceWhateverTheNumberOfBlocks() {
        RequestCounter counter = new RequestCounter();
        CellReader reader = small().featureMajor(counter, Set.of("a"), FeatureAxis.pinned(new int[] {20}), COUNTS);
        CellPointers pointers =
                CellPointers.sparse(2).add("a", 0, 1, 0).add("a", 1, 2, 1).build();

        assertThat(Blocks.row(reader.read(pointers, 0, 1), 0, 0)).isEmpty();
        long requests = counter.requests();
        assertThat(Blocks.row(reader.read(pointers, 1, 2), 0, 0)).containsEntry(20, 3L);
        assertThat(counter.requests()).isEqualTo(requests);
    }

    @Test
    void aValueThatDoesNotFitIsAnErrorOfItsCellOnly() {
        CellReader reader =
                small().featureMajor(new RequestCounter(), Set.of("a"), FeatureAxis.pinned(new int[] {10}), COUNTS);
        CellPointers pointers = CellPointers.sparse(2)
                .add("a", 0, 1, 0)
                .add("a", 2, 3, 2)
                .build()
                .named(row -> "cell" + row);

        assertThat(Blocks.row(reader.read(pointers, 0, 1), 0, 0)).containsEntry(10, 1L);
        assertThatThrownBy(() -> reader.read(pointers))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("Cell 'cell1'")
                .hasMessageContaining("4294967295")
                .hasMessageContaining("global index 10");
    }

    @Test
    void damagedPointersAndCopiesAreRefused() {
        CellReader reader =
                small().featureMajor(new RequestCounter(), Set.of("a"), FeatureAxis.pinned(new int[] {10, 20}), COUNTS);

        assertThatThrownBy(() ->
                        reader.read(CellPointers.sparse(1).add("a", 0, 1, -1).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("row number -1");
        assertThatThrownBy(() -> reader.read(
                        CellPointers.sparse(1).add("a", 0, 1, 1L << 40).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("row number 1099511627776");
        assertThatThrownBy(() ->
                        reader.read(CellPointers.sparse(1).add("a", 4, 4, 0).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("has 0 entries, but its row 0 has 1");
        assertThat(Blocks.isPresent(
                        reader.read(CellPointers.sparse(1).add("a", 0, 0, 77).build()), 0))
                .as("a cell without entries, after the last that has some")
                .isTrue();
    }

    @Test
    void aCopyThatIsGoneIsAnErrorWithARemedy() {
        TestGroups groups = small().layout("gone", 1);

        assertThatThrownBy(() -> groups.featureMajor(
                                new RequestCounter(), Set.of("gone"), FeatureAxis.pinned(new int[] {1}), COUNTS)
                        .read(CellPointers.sparse(1).add("gone", 0, 1, 0).build()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("run the query again");
    }
}
