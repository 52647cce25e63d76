package io.hox.stored;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.anndata.AnnData;
import io.hox.anndata.Digests;
import io.hox.anndata.H5adFiles;
import io.hox.h5ad.RawH5ad;
import io.hox.source.Matrix;
import io.hox.source.RowBlock;
import io.hox.testing.Directories;
import io.hox.testing.Shared;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTest {
    @TempDir
    Path directory;

    @Test
    void countsOfPbmc3k() {
        try (AnnData file = H5adFiles.open(Shared.data("pbmc3k_raw.h5ad"))) {
            Matrix x = file.matrix("X");
            double[] sum = {0};
            long normalised = x.forEachRowBlock(50_000, block -> {
                assertThat(block.entries()).isLessThanOrEqualTo(50_000);
                for (float value : block.values().floats()) {
                    sum[0] += value;
                }
            });

            assertThat(x.layout()).isEqualTo(Matrix.Layout.CSR);
            assertThat(x.rows()).isEqualTo(2_700);
            assertThat(x.columns()).isEqualTo(32_738);
            assertThat(x.entries()).isEqualTo(2_286_884);
            assertThat(normalised).isZero();
            assertThat(sum[0]).isEqualTo(6_390_631);
        }
    }

    @Test
    void denseRowsAreTheSameInAnyBlockSizeAndWithoutZerosAsSparseOnes() {
        try (AnnData file = H5adFiles.open(Shared.data("citeseq_pbmc10k_200cells.h5ad"))) {
            Matrix x = file.matrix("X");
            assertThat(x.layout()).isEqualTo(Matrix.Layout.DENSE);
            assertThat(x.entries()).isEqualTo(200L * 16_727);
            assertThat(dense(x, 3 * 16_727)).isEqualTo(dense(x, 1 << 24));
            assertThat(Digests.matrix(x, 20_000)).isEqualTo(Digests.matrix(x, 1 << 24));
        }
    }

    @Test
    void sparseRowsCanBeHadWhole() {
        try (AnnData file = H5adFiles.open(Shared.data("pbmc68k_reduced.h5ad"))) {
            Matrix raw = file.matrix("raw/X");
            List<Float> values = dense(raw, 10_000);
            assertThat(values).hasSize(700 * 765);
            assertThat(values.stream().filter(value -> value != 0).count()).isEqualTo(174_400);
        }
    }

    @Test
    void aRangeOfRowsIsThatRange() {
        try (AnnData file = H5adFiles.open(Shared.data("pbmc3k_raw.h5ad"))) {
            Matrix x = file.matrix("X");
            List<int[]> all = rows(x, 0, x.rows(), 1 << 24);
            assertThat(rows(x, 1_000, 1_100, 7_000)).containsExactlyElementsOf(all.subList(1_000, 1_100));
        }
    }

    @Test
    void unsortedAndDuplicateIndicesAreNormalisedAndCounted() {
        Path path = RawH5ad.of(4, 5)
                .indptr(0, 3, 3, 6, 8)
                .indices(4, 0, 2, 3, 1, 3, 0, 1)
                .data(Values.of(DataType.INT64, new long[] {40, 10, 20, 5, 1, 1L << 40, 7, 0}))
                .write(directory.resolve("unsorted.h5ad"));

        try (AnnData file = H5adFiles.open(path)) {
            List<RowBlock> blocks = new ArrayList<>();
            assertThat(file.matrix("X").forEachRowBlock(100, blocks::add)).isEqualTo(2);
            RowBlock block = blocks.get(0);
            assertThat(block.indptr()).containsExactly(0, 3, 3, 5, 7);
            assertThat(block.indices()).containsExactly(0, 2, 4, 1, 3, 0, 1);
            assertThat(block.values().longs()).containsExactly(10, 20, 40, 1, 5 + (1L << 40), 7, 0);
        }
    }

    @Property(tries = 40)
    void aTransposedFileHoldsTheSameRowsWhateverTheMemory(
            @ForAll @IntRange(min = 1, max = 60) int rows,
            @ForAll @IntRange(min = 1, max = 60) int columns,
            @ForAll @IntRange(min = 1, max = 400) int budget,
            @ForAll long seed)
            throws IOException {
        Path folder = Files.createTempDirectory("hox-transpose");
        boolean[][] there = new boolean[rows][columns];
        SplittableRandom random = new SplittableRandom(seed);
        for (boolean[] row : there) {
            for (int column = 0; column < columns; column++) {
                row[column] = random.nextInt(4) == 0;
            }
        }
        Path csr = sparse(there, rows, columns, false).write(folder.resolve("csr.h5ad"));
        Path csc = sparse(there, rows, columns, true).write(folder.resolve("csc.h5ad"));

        try (AnnData a = H5adFiles.open(csr);
                AnnData b = H5adFiles.open(csc)) {
            Matrix direct = a.matrix("X");
            Matrix transposed = b.matrix("X").withMemory(budget);
            assertThat(transposed.layout()).isEqualTo(Matrix.Layout.CSC);
            assertThat(Digests.matrix(transposed, 50)).isEqualTo(Digests.matrix(direct, 50));
            assertThat(rows(transposed, rows / 3, rows, 9)).containsExactlyElementsOf(rows(direct, rows / 3, rows, 9));
        } finally {
            Directories.delete(folder);
        }
    }

    private static RawH5ad sparse(boolean[][] there, int rows, int columns, boolean byColumn) {
        int outer = byColumn ? columns : rows;
        int inner = byColumn ? rows : columns;
        long[] indptr = new long[outer + 1];
        int[] indices = new int[rows * columns];
        float[] data = new float[rows * columns];
        int n = 0;
        for (int i = 0; i < outer; i++) {
            for (int j = 0; j < inner; j++) {
                int row = byColumn ? j : i;
                int column = byColumn ? i : j;
                if (there[row][column]) {
                    indices[n] = j;
                    data[n++] = row * 1000 + column;
                }
            }
            indptr[i + 1] = n;
        }
        return RawH5ad.of(rows, columns)
                .encoding(byColumn ? "csc_matrix" : "csr_matrix")
                .indptr(indptr)
                .indices(java.util.Arrays.copyOf(indices, n))
                .data(java.util.Arrays.copyOf(data, n));
    }

    /** Indices and bits of the values, row by row. */
    private static List<int[]> rows(Matrix matrix, long from, long to, int maxEntries) {
        List<int[]> rows = new ArrayList<>();
        matrix.forEachRowBlock(from, to, maxEntries, block -> {
            assertThat(block.firstRow()).isEqualTo(from + rows.size());
            for (int row = 0; row < block.rows(); row++) {
                int start = block.indptr()[row];
                int n = block.indptr()[row + 1] - start;
                int[] content = new int[2 * n];
                for (int i = 0; i < n; i++) {
                    content[i] = block.indices()[start + i];
                    content[n + i] = Float.floatToRawIntBits(block.values().floats()[start + i]);
                }
                rows.add(content);
            }
        });
        return rows;
    }

    private static List<Float> dense(Matrix matrix, int maxElements) {
        List<Float> values = new ArrayList<>();
        matrix.forEachDenseBlock(maxElements, block -> {
            assertThat(block.values().length()).isEqualTo(block.rows() * block.columns());
            for (float value : block.values().floats()) {
                values.add(value);
            }
        });
        return values;
    }
}
