package io.hox.ingest.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hox.source.Column;
import io.hox.source.DataFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyntheticCellsTest {
    @Test
    void theSameSeedGivesTheSameCellsInAnyBlockSize() {
        SyntheticCells cells = SyntheticCells.of(300, 500, 0.1, 3);

        assertThat(counts(cells, 1_000)).isEqualTo(counts(SyntheticCells.of(300, 500, 0.1, 3), 1 << 20));
        assertThat(counts(cells, 1_000)).isNotEqualTo(counts(SyntheticCells.of(300, 500, 0.1, 4), 1_000));
        assertThat(cells.obs().index()).doesNotHaveDuplicates();
    }

    @Test
    void theDensityIsAsWanted() {
        SyntheticCells cells = SyntheticCells.of(1_000, 2_000, 0.05, 1);
        long[] entries = {0};
        cells.forEachRowBlock(1 << 16, block -> entries[0] += block.entries());

        assertThat(entries[0] / 2e6).isCloseTo(0.05, within(0.002));
    }

    @Test
    void panelsOverlapAndSharedGenesHaveOneId() {
        DataFrame first = SyntheticCells.first(1).var();
        DataFrame second = SyntheticCells.second(1).var();
        assertThat(first.rows()).isEqualTo(2_000);
        assertThat(second.rows()).isEqualTo(1_800);
        Set<String> shared = new HashSet<>(Arrays.asList(first.index()));
        shared.retainAll(Arrays.asList(second.index()));
        Set<String> sharedIds =
                new HashSet<>(Arrays.asList(first.column("gene_ids").strings()));
        sharedIds.retainAll(Arrays.asList(second.column("gene_ids").strings()));

        assertThat(shared).hasSize(1_460).contains("CD3D", "CD19", "MS4A1", "LYZ", "NKG7", "MT-CO1");
        assertThat(sharedIds).hasSameSizeAs(shared);
    }

    @Test
    void markersMarkTheirCells() {
        SyntheticCells cells = SyntheticCells.first(1);
        int marker = Arrays.asList(cells.var().index()).indexOf("MS4A1");
        String[] types = cells.obs().column("cell_type").strings();
        double[] sums = new double[2];
        int[] n = new int[2];
        for (String type : types) {
            n["B cells".equals(type) ? 1 : 0]++;
        }
        cells.forEachRowBlock(1 << 16, block -> {
            for (int row = 0; row < block.rows(); row++) {
                int of = "B cells".equals(types[(int) block.firstRow() + row]) ? 1 : 0;
                for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
                    sums[of] += block.indices()[i] == marker ? block.values().floats()[i] : 0;
                }
            }
        });

        assertThat(sums[1] / n[1]).isGreaterThan(20 * sums[0] / n[0]);
        assertThat(types).containsNull().contains("CD4 T cells", "NK cells");
    }

    @Test
    void annotationsAgreeWithTheCounts() {
        SyntheticCells cells = SyntheticCells.second(5);
        Column totals = cells.obs().column("n_counts");
        long[] sums = new long[cells.cells()];
        cells.forEachRowBlock(10_000, block -> {
            for (int row = 0; row < block.rows(); row++) {
                for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
                    sums[(int) block.firstRow() + row] += (long) block.values().floats()[i];
                }
            }
        });

        assertThat(totals.values().longs()).isEqualTo(sums);
        assertThat(cells.obs().columns())
                .extracting(Column::name)
                .containsExactly("cell_type", "tissue", "donor", "n_counts", "percent_mito", "is_train");
    }

    private static List<Object> counts(SyntheticCells cells, int maxEntries) {
        List<Object> counts = new ArrayList<>();
        cells.forEachRowBlock(maxEntries, block -> {
            for (int i = 0; i < block.entries(); i++) {
                counts.add(block.indices()[i]);
                counts.add(block.values().floats()[i]);
            }
        });
        return counts;
    }
}
