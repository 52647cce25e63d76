package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.store.RequestCounter;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnReaderTest {

    private static final LayerColumn COUNTS = new LayerColumn("counts", DataType.INT32);
    private static final LayerColumn LOGS = new LayerColumn("logs", DataType.FLOAT32);

    @TempDir
    Path directory;

    private TestGroups groups;

    /** Four features: of cells 0 and 2; of none; of cell 1 twice and cell 3 with a zero; of cell 0. */
    @BeforeEach
    void oneCopy() {
        groups = new TestGroups(directory)
                .layout("a", 10, 40, 20, 30)
                .columns("a", new long[] {0, 2, 2, 5, 6}, 0, 2, 1, 1, 3, 0)
                .columnLayer("a", "counts", Values.of(DataType.UINT32, new int[] {1, 2, 3, 4, 0, 5}));
    }

    private ColumnReader reader(int[] locals, int[] visible) {
        return ColumnReader.open(groups.copy(new RequestCounter(), "a", COUNTS, LOGS), locals, visible);
    }

    private static int[] rows(ColumnBlock block, int feature) {
        return Arrays.copyOfRange(block.rows(), block.offset(feature), block.offset(feature) + block.length(feature));
    }

    private static int[] counts(ColumnBlock block, int feature) {
        return Arrays.copyOfRange(
                block.layer(0).ints(), block.offset(feature), block.offset(feature) + block.length(feature));
    }

    @Test
    void repeatedEntriesAreSummedAndZerosStay() {
        ColumnBlock block = reader(new int[] {0, 1, 2, 3}, null).read(0, 4);

        assertThat(block.features()).isEqualTo(4);
        assertThat(rows(block, 0)).containsExactly(0, 2);
        assertThat(block.length(1)).isZero();
        assertThat(rows(block, 2)).containsExactly(1, 3);
        assertThat(counts(block, 2)).containsExactly(7, 0);
        assertThat(counts(block, 3)).containsExactly(5);
        assertThat(block.layer(1)).as("the copy has no such layer").isNull();
    }

    @Test
    void hiddenCellsAreLeftOut() {
        ColumnBlock block = reader(new int[] {0, 2}, new int[] {1, 2}).read(0, 2);

        assertThat(rows(block, 0)).containsExactly(2);
        assertThat(counts(block, 0)).containsExactly(2);
        assertThat(rows(block, 1)).containsExactly(1);
        assertThat(counts(block, 1)).containsExactly(7);
    }

    @Test
    void rowsInAnyOrderAreSorted() {
        groups.layout("b", 5, 6)
                .columns("b", new long[] {0, 4, 5}, 9, 3, 9, 1, 2)
                .columnLayer("b", "counts", Values.of(DataType.UINT32, new int[] {1, 2, 3, 4, 5}));

        ColumnBlock block = ColumnReader.open(groups.copy(new RequestCounter(), "b", COUNTS), new int[] {0, 1}, null)
                .read(0, 2);

        assertThat(rows(block, 0)).containsExactly(1, 3, 9);
        assertThat(counts(block, 0)).containsExactly(4, 2, 4);
        assertThat(rows(block, 1)).containsExactly(2);
        assertThat(counts(block, 1)).containsExactly(5);
    }

    @Test
    void aBudgetCutsBlocksButNeverAFeature() {
        ColumnReader reader = reader(new int[] {0, 1, 2, 3}, null);

        assertThat(reader.fit(0, 4)).isEqualTo(2);
        assertThat(reader.fit(2, 1)).isEqualTo(3);
        assertThat(reader.fit(0, 6)).isEqualTo(4);
        assertThat(counts(reader.read(2, 3), 0)).containsExactly(7, 0);
    }

    @Test
    void onlyTheBytesOfTheWantedFeaturesAreFetched() {
        int features = 2_000;
        int perFeature = 640;
        long[] pointers = new long[features + 1];
        int[] rows = new int[features * perFeature];
        int[] values = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            pointers[i / perFeature + 1] = i + 1;
            rows[i] = 7 * (i % perFeature);
            values[i] = 1 + i % 3;
        }
        int[] layout = new int[features];
        Arrays.setAll(layout, i -> i);
        groups.layout("wide", layout)
                .columns("wide", pointers, rows)
                .columnLayer("wide", "counts", Values.of(DataType.UINT32, values));
        RequestCounter counter = new RequestCounter();
        int[] wanted = {3, 700, 701, 1999};

        ColumnBlock block = ColumnReader.open(groups.copy(counter, "wide", COUNTS), wanted, null)
                .read(0, 4);

        assertThat(rows(block, 3)).hasSize(perFeature).startsWith(0, 7, 14);
        // Documents, shard indexes and offsets, and per feature and array ten chunks of 64 packed entries, out of 1.3
        // MB.
        assertThat(counter.bytesRead()).isLessThan(40_000);
    }

    @Test
    void aGroupWithoutACopyHasNone() {
        groups.layout("none", 1, 2).indices("none", 0, 1);

        assertThat(groups.copy(new RequestCounter(), "none", COUNTS)).isNull();
    }

    @Test
    void valuesBeyondTheColumnNameTheirPlace() {
        groups.layout("huge", 5, 77)
                .columns("huge", new long[] {0, 1, 3}, 0, 4, 8)
                .columnLayer("huge", "counts", Values.of(DataType.UINT32, new int[] {1, 2, -2}));
        ColumnReader reader =
                ColumnReader.open(groups.copy(new RequestCounter(), "huge", COUNTS), new int[] {0, 1}, null);

        assertThatThrownBy(() -> reader.read(0, 2))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("row 8 in group 'huge'")
                .hasMessageContaining("'counts' has the value 4294967294")
                .hasMessageContaining("global index 77");
        assertThat(counts(reader.read(0, 1), 0)).containsExactly(1);
    }

    @Test
    void sumsBeyondTheColumnNameTheirPlace() {
        int most = Integer.MAX_VALUE;
        groups.layout("sums", 5)
                .columns("sums", new long[] {0, 2}, 3, 3)
                .columnLayer("sums", "counts", Values.of(DataType.UINT32, new int[] {most, most}));

        assertThatThrownBy(
                        () -> ColumnReader.open(groups.copy(new RequestCounter(), "sums", COUNTS), new int[] {0}, null)
                                .read(0, 1))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("row 3 in group 'sums'")
                .hasMessageContaining("add up");
    }

    @Test
    void damagedCopiesAreRefusedWithOneError() {
        refused("descending", new long[] {0, 3, 2}, new int[] {1, 2, 3}, "feature 1 the elements [3, 2)");
        refused(
                "beyond",
                new long[] {0, 3, 4},
                new int[] {1, 2, 3},
                "feature 1 the elements [3, 4), which are none of the 3");
        refused("negative", new long[] {-1, 2, 3}, new int[] {1, 2, 3}, "feature 0 the elements [-1, 2)");
        refused("rows", new long[] {0, 2, 3}, new int[] {1, -1, 3}, "row number 4294967295 at element 1");
        refused("short", new long[] {0, 3}, new int[] {1, 2, 3}, "has 2 elements; the group's 2 features");
    }

    private void refused(String group, long[] pointers, int[] rows, String message) {
        groups.layout(group, 1, 2).columns(group, pointers, rows);
        assertThatThrownBy(() -> ColumnReader.open(groups.copy(new RequestCounter(), group), new int[] {0, 1}, null)
                        .read(0, 2))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(group)
                .hasMessageContaining("hox index");
    }

    @Test
    void partsOfACopyThatDoNotFitAreRefused() {
        groups.layout("layer", 1)
                .columns("layer", new long[] {0, 2}, 0, 1)
                .columnLayer("layer", "counts", Values.of(DataType.UINT32, new int[] {1}));
        assertThatThrownBy(() -> groups.copy(new RequestCounter(), "layer", COUNTS))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("layer/csc/layers/counts has the shape [1]");

        groups.layout("floats", 1)
                .flat("floats/csc/indices", Values.of(DataType.FLOAT32, new float[] {1}))
                .flat("floats/csc/indptr", Values.of(DataType.INT64, new long[] {0, 1}));
        assertThatThrownBy(() -> groups.copy(new RequestCounter(), "floats"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("must be a flat array of integers, but is float32");

        groups.layout("half", 1).flat("half/csc/indptr", Values.of(DataType.INT64, new long[] {0, 1}));
        assertThatThrownBy(() -> groups.copy(new RequestCounter(), "half"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("but no csc/indices");

        groups.layout("signs", 1)
                .columns("signs", new long[] {0, 1}, 0)
                .columnLayer("signs", "counts", Values.of(DataType.FLOAT32, new float[] {1}));
        assertThatThrownBy(() -> groups.copy(new RequestCounter(), "signs", COUNTS))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("holds float32, which does not fit the int32 column");
    }
}
