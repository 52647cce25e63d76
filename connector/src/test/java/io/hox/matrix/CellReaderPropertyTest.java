package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.LayerType;
import io.hox.atlas.Promotion;
import io.hox.testing.Directories;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random groups, written and read back, against the plainest possible reading of what was written. */
class CellReaderPropertyTest {

    private static final DataType[] INDEX_TYPES = {
        DataType.UINT32, DataType.INT32, DataType.UINT8, DataType.UINT16, DataType.UINT64, DataType.INT64
    };

    /** What was written of one group: values as exact doubles. */
    private record Group(String name, int[] layout, int[] starts, int[] indices, double[] values, boolean hasLayer) {}

    @Property(tries = 40)
    void sparseBlocksEqualTheNaiveAnswer(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int groupCount,
            @ForAll @IntRange(min = 0, max = 2) int axisKind,
            @ForAll @IntRange(min = 1, max = 400) int budget)
            throws IOException {
        Random random = new Random(seed);
        Path directory = Files.createTempDirectory("hox-matrix");
        try {
            TestGroups store = new TestGroups(directory);
            List<Group> groups = new ArrayList<>();
            DataType common = null;
            for (int g = 0; g < groupCount; g++) {
                DataType stored = DataType.values()[random.nextInt(DataType.values().length)];
                Group group = group(random, "group" + g, stored);
                store.layout(group.name, group.layout);
                DataType indexType = INDEX_TYPES[random.nextInt(INDEX_TYPES.length)];
                store.flat(group.name + "/csr/indices", values(indexType, doubles(group.indices)));
                if (group.hasLayer) {
                    store.layer(group.name, "x", values(stored, group.values));
                    common = Promotion.common(common, stored);
                }
                groups.add(group);
            }
            LayerColumn column = LayerColumn.of(new LayerType("x", common == null ? DataType.UINT32 : common));
            FeatureAxis axis = axis(random, axisKind, groups);
            List<int[]> cells = cells(random, groups);
            CellPointers.Builder builder = CellPointers.sparse(cells.size());
            for (int[] cell : cells) {
                if (cell == null) {
                    builder.addAbsent();
                } else {
                    Group group = groups.get(cell[0]);
                    builder.add(group.name, group.starts[cell[1]], group.starts[cell[1] + 1]);
                }
            }
            CellPointers pointers = builder.build();
            CellReader reader = store.sparse(axis, column);
            int to = 0;
            PendingBlock next = null;
            for (int from = 0; from < pointers.rows(); from = to) {
                PendingBlock pending =
                        next == null ? reader.start(pointers, from, reader.fit(pointers, from, budget)) : next;
                to = reader.fit(pointers, from, budget);
                // The next one is on its way before this one is used.
                next = to == pointers.rows() ? null : reader.start(pointers, to, reader.fit(pointers, to, budget));
                CellBlock block = pending.finish();
                for (int row = from; row < to; row++) {
                    check(block, row - from, cells.get(row), groups, axis, column);
                }
                reader.reuse(block);
            }
        } finally {
            Directories.delete(directory);
        }
    }

    private static void check(
            CellBlock block, int row, int[] cell, List<Group> groups, FeatureAxis axis, LayerColumn column) {
        assertThat(Blocks.isPresent(block, row)).isEqualTo(cell != null);
        if (cell == null) {
            return;
        }
        Group group = groups.get(cell[0]);
        Map<Integer, Double> expected = new TreeMap<>();
        for (int k = group.starts[cell[1]]; k < group.starts[cell[1] + 1]; k++) {
            int global = group.layout[group.indices[k]];
            if (axis.contains(global)) {
                boolean any = column.type() == DataType.BOOL;
                expected.merge(global, group.values[k], any ? Math::max : Double::sum);
            }
        }
        assertThat(Blocks.indices(block, row))
                .containsExactly(
                        expected.keySet().stream().mapToInt(Integer::intValue).toArray());
        assertThat(Blocks.hasLayer(block, 0, row)).isEqualTo(group.hasLayer);
        if (group.hasLayer) {
            Map<Integer, Double> actual = new TreeMap<>();
            Blocks.row(block, row, 0).forEach((feature, value) -> actual.put(feature, value.doubleValue()));
            assertThat(actual).isEqualTo(expected);
            assertThat(block.segment(block.segmentOf(row)).layer(0).type()).isEqualTo(column.type());
        }
    }

    /** Few enough features for every index type, and values small enough for every sum. */
    private static Group group(Random random, String name, DataType stored) {
        int features = 1 + random.nextInt(200);
        int[] layout = random.ints(0, 500).distinct().limit(features).toArray();
        if (random.nextInt(3) == 0) {
            Arrays.sort(layout);
        }
        int rows = random.nextInt(20);
        int[] starts = new int[rows + 1];
        int[] indices = new int[0];
        for (int row = 0; row < rows; row++) {
            int n = random.nextInt(3) == 0 ? 0 : random.nextInt(Math.min(features, 60) + 1);
            int[] entries = random.nextInt(4) == 0
                    ? random.ints(n, 0, features).toArray()
                    : random.ints(0, features).distinct().limit(n).toArray();
            if (random.nextBoolean()) {
                Arrays.sort(entries);
            }
            starts[row + 1] = starts[row] + n;
            indices = Arrays.copyOf(indices, starts[row + 1]);
            System.arraycopy(entries, 0, indices, starts[row], n);
        }
        boolean signed = !stored.isUnsigned() && stored != DataType.BOOL;
        double[] values = new double[indices.length];
        for (int i = 0; i < values.length; i++) {
            int value = random.nextInt(stored == DataType.BOOL ? 2 : 3);
            values[i] = signed && random.nextBoolean() ? -value : value;
            values[i] = stored.isFloat() ? values[i] / 4 + 0.0 : values[i] + 0.0;
        }
        return new Group(name, layout, starts, indices, values, random.nextInt(5) > 0);
    }

    private static FeatureAxis axis(Random random, int kind, List<Group> groups) {
        List<int[]> layouts = groups.stream().map(Group::layout).toList();
        return switch (kind) {
            case 0 -> random.nextBoolean() ? FeatureAxis.everything() : FeatureAxis.union(layouts);
            case 1 -> FeatureAxis.intersection(layouts);
            default -> FeatureAxis.pinned(random.ints(20, 0, 500).toArray());
        };
    }

    /** Every row of every group once, some twice, with absent ones between, in any order; null is absent. */
    private static List<int[]> cells(Random random, List<Group> groups) {
        List<int[]> cells = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            for (int row = 0; row + 1 < groups.get(g).starts.length; row++) {
                cells.add(new int[] {g, row});
                if (random.nextInt(6) == 0) {
                    cells.add(new int[] {g, row});
                }
                if (random.nextInt(6) == 0) {
                    cells.add(null);
                }
            }
        }
        if (random.nextBoolean()) {
            Collections.shuffle(cells, random);
        }
        return cells;
    }

    private static double[] doubles(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }

    private static Values values(DataType type, double[] doubles) {
        Values values = Values.allocate(type, doubles.length);
        for (int i = 0; i < doubles.length; i++) {
            switch (type) {
                case BOOL, INT8, UINT8 -> values.bytes()[i] = (byte) doubles[i];
                case INT16, UINT16 -> values.shorts()[i] = (short) doubles[i];
                case INT32, UINT32 -> values.ints()[i] = (int) doubles[i];
                case INT64, UINT64 -> values.longs()[i] = (long) doubles[i];
                case FLOAT32 -> values.floats()[i] = (float) doubles[i];
                case FLOAT64 -> values.doubles()[i] = doubles[i];
            }
        }
        return values;
    }
}
