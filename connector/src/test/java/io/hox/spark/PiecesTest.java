package io.hox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Packing rows into splits. */
class PiecesTest {

    @Test
    void splitsAreEvenAndCompleteAndInOrder() {
        for (int splits : List.of(1, 2, 7)) {
            Pieces pieces = new Pieces(100);
            pieces.addEven(0, 0, 1_000, 10);
            pieces.addEven(3, 5, 250, 10);
            List<CellSplit> packed = pieces.splits(splits);
            assertThat(packed).hasSize(splits);
            long next = 0;
            for (CellSplit split : packed) {
                long rows = 0;
                for (Slice slice : slices(split)) {
                    long place = slice.fragment() == 0 ? slice.start() : 1_000 + slice.start() - 5;
                    assertThat(place).isEqualTo(next);
                    next += slice.rows();
                    rows += slice.rows();
                }
                assertThat(rows).isBetween(1_250L / splits - 10, 1_250L / splits + 10);
            }
            assertThat(next).isEqualTo(1_250);
        }
    }

    @Test
    void theListStaysShortWhateverTheSizeOfTheTable() {
        Pieces pieces = new Pieces(1);
        for (int fragment = 0; fragment < 50; fragment++) {
            pieces.addEven(fragment, 0, 20_000, 8);
        }
        assertThat(pieces.totalRows()).isEqualTo(1_000_000);
        assertThat(pieces.totalBytes()).isEqualTo(8_000_000);
        List<CellSplit> packed = pieces.splits(100);
        assertThat(packed).hasSize(100);
        assertThat(packed.stream()
                        .mapToLong(split ->
                                slices(split).stream().mapToLong(Slice::rows).sum())
                        .sum())
                .isEqualTo(1_000_000);
        assertThat(pieces.granule()).isGreaterThan(1);
    }

    @Test
    void aSplitBeginsWithAShardWhereOneBeginsNearEnough() {
        Pieces pieces = new Pieces(10);
        for (int row = 0; row < 100; row++) {
            pieces.add(new Slice(0, row, 1), 10, row == 45 || row == 48 || row == 90);
        }

        List<CellSplit> packed = pieces.splits(2);

        assertThat(packed).hasSize(2);
        assertThat(slices(packed.get(1)).get(0).start()).isEqualTo(48);
    }

    @Test
    void farAwayShardsDoNotMakeSplitsUneven() {
        Pieces pieces = new Pieces(10);
        for (int row = 0; row < 100; row++) {
            pieces.add(new Slice(0, row, 1), 10, row == 10 || row == 95);
        }

        assertThat(slices(pieces.splits(2).get(1)).get(0).start()).isEqualTo(50);
    }

    @Test
    void nothingGivesNoSplit() {
        assertThat(new Pieces(10).splits(1)).isEmpty();
    }

    private static List<Slice> slices(CellSplit split) {
        return split.parts().stream().map(Slice.class::cast).toList();
    }
}
