package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowRemapperTest {

    private final RowRemapper remapper = new RowRemapper(new Buffers());

    @Test
    void rowsInOrderKeepTheirPlaces() {
        Remap remap = FeatureAxis.everything().remapFor("l", new int[] {10, 20, 30});
        Entries entries = remapper.remap(new int[] {0, 2, 1}, new int[] {0, 2, 2, 3}, remap, this::fail);
        assertThat(rows(entries)).containsExactly(List.of(10, 30), List.of(), List.of(20));
        assertThat(entries.from).as("the layers stay as they are").isNull();
        assertThat(entries.runs).isNull();
    }

    @Test
    void whatLiesBehindTheLastRowIsIgnored() {
        Remap remap = FeatureAxis.everything().remapFor("l", new int[] {10, 20, 30});
        Entries entries = remapper.remap(new int[] {2, 99, 99}, new int[] {0, 1}, remap, this::fail);
        assertThat(rows(entries)).containsExactly(List.of(30));
    }

    @Test
    void anIndexBeyondTheLayoutIsReported() {
        for (int[] layout : new int[][] {{10, 20, 30}, {30, 20, 10}}) {
            Remap remap = FeatureAxis.everything().remapFor("l", layout);
            for (int bad : new int[] {3, -1, Integer.MIN_VALUE}) {
                assertThatThrownBy(() -> remapper.remap(new int[] {0, 1, bad}, new int[] {0, 1, 3}, remap, this::fail))
                        .hasMessage("element 2");
            }
            assertThat(rows(remapper.remap(new int[] {1}, new int[] {0, 1}, remap, this::fail)))
                    .as("usable after an error")
                    .containsExactly(List.of(20));
        }
    }

    @Property(tries = 300)
    void equalsTheNaiveAnswer(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5000) int features,
            @ForAll @IntRange(min = 0, max = 12) int rowCount,
            @ForAll boolean monotone,
            @ForAll @IntRange(min = 0, max = 2) int axisKind,
            @ForAll @IntRange(min = 0, max = 3) int disorder) {
        Random random = new Random(seed);
        int[] layout = layout(random, features, monotone);
        FeatureAxis axis =
                switch (axisKind) {
                    case 0 -> FeatureAxis.everything();
                    case 1 -> FeatureAxis.pinned(Arrays.copyOf(layout, Math.min(20, features)));
                    default -> FeatureAxis.intersection(List.of(layout, layout(random, features, false)));
                };
        int[] rowStarts = new int[rowCount + 1];
        int[] raw = new int[0];
        for (int row = 0; row < rowCount; row++) {
            int[] entries = row(random, features, disorder);
            raw = Arrays.copyOf(raw, raw.length + entries.length);
            System.arraycopy(entries, 0, raw, raw.length - entries.length, entries.length);
            rowStarts[row + 1] = raw.length;
        }
        Remap remap = axis.remapFor("l", layout);

        Entries entries = remapper.remap(raw.clone(), rowStarts, remap, this::fail);

        for (int row = 0; row < rowCount; row++) {
            TreeMap<Integer, List<Integer>> expected = new TreeMap<>();
            for (int k = rowStarts[row]; k < rowStarts[row + 1]; k++) {
                int global = layout[raw[k]];
                if (axis.contains(global)) {
                    expected.computeIfAbsent(global, g -> new ArrayList<>()).add(k);
                }
            }
            TreeMap<Integer, List<Integer>> actual = new TreeMap<>();
            int previous = -1;
            for (int i = entries.offsets[row]; i < entries.offsets[row + 1]; i++) {
                assertThat(entries.indices[i]).isGreaterThan(previous);
                previous = entries.indices[i];
                List<Integer> origins = new ArrayList<>();
                int from = entries.runs == null ? i : entries.runs[i];
                int to = entries.runs == null ? i + 1 : entries.runs[i + 1];
                for (int k = from; k < to; k++) {
                    origins.add(entries.from == null ? k : entries.from[k]);
                    assertThat(entries.rowOfKept(k)).isEqualTo(row);
                    assertThat(entries.indexOfKept(k)).isEqualTo(previous);
                }
                assertThat(entries.rowOf(i)).isEqualTo(row);
                actual.put(previous, origins);
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static int[] layout(Random random, int features, boolean monotone) {
        int[] layout =
                random.ints(0, features * 3 + 10).distinct().limit(features).toArray();
        if (monotone) {
            Arrays.sort(layout);
        }
        return layout;
    }

    /** Disorder 0: ascending; 1: mostly ascending rows; 2: shuffled; 3: shuffled with repeats. */
    private static int[] row(Random random, int features, int disorder) {
        int n = random.nextInt(Math.min(features, 300) + 1);
        boolean repeats = disorder == 3 && random.nextInt(3) > 0;
        int[] row = repeats
                ? random.ints(n, 0, features).toArray()
                : random.ints(0, features).distinct().limit(n).toArray();
        if (disorder == 0 || (disorder == 1 && random.nextInt(4) > 0)) {
            Arrays.sort(row);
        }
        return row;
    }

    private static List<List<Integer>> rows(Entries entries) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int row = 0; row + 1 < entries.offsets.length; row++) {
            List<Integer> indices = new ArrayList<>();
            for (int i = entries.offsets[row]; i < entries.offsets[row + 1]; i++) {
                indices.add(entries.indices[i]);
            }
            rows.add(indices);
        }
        return rows;
    }

    private RuntimeException fail(int position) {
        return new IllegalStateException("element " + position);
    }
}
