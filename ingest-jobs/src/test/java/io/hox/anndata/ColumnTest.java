package io.hox.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.h5ad.H5adWriter;
import io.hox.h5ad.RawH5ad;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.source.SourceLocation;
import io.hox.testing.Shared;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
    @TempDir
    Path directory;

    @Test
    void categoriesOfPbmc3k() {
        try (AnnData file = H5adFiles.open(Shared.data("pbmc3k_labelled_counts.h5ad"))) {
            assertThat(file.obs().rows()).isEqualTo(2_638);
            assertThat(file.var().rows()).isEqualTo(32_738);
            Column louvain = file.obs().column("louvain");
            assertThat(louvain.kind()).isEqualTo(Column.Kind.CATEGORICAL);
            assertThat(louvain.categories().strings()).hasSize(8).contains("CD4 T cells", "Megakaryocytes");
            assertThat(louvain.strings()).hasSize(2_638).doesNotContainNull();
            assertThat(file.var().column("highly_variable").kind()).isEqualTo(Column.Kind.BOOL);
            assertThat(file.obs().column("absent")).isNull();
        }
    }

    @Test
    void compoundTablesOfOldFilesHaveTheirCategories() {
        try (AnnData file = H5adFiles.open(Shared.data("format_fixtures/anndata_v0.5.0.h5ad"))) {
            assertThat(file.obs().columns())
                    .extracting(Column::name)
                    .containsExactly(
                            "bulk_labels",
                            "n_genes",
                            "percent_mito",
                            "n_counts",
                            "S_score",
                            "G2M_score",
                            "phase",
                            "louvain");
            assertThat(file.obs().column("phase").strings()).contains("G1", "S", "G2M");
            assertThat(file.matrixKeys()).containsExactly("X", "raw/X");
            assertThat(file.rawVar().rows()).isEqualTo(765);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pbmc68k_reduced.h5ad",
                "citeseq_pbmc10k_200cells.h5ad",
                "pbmc68k_reduced.zarr.zip",
                "format_fixtures/anndata_v0.5.0.h5ad",
                "format_fixtures/anndata_v0.7.0.h5ad",
                "format_fixtures/anndata_v0.7.8.zarr.zip",
                "format_fixtures/anndata_v0.11.4.h5ad"
            })
    void rangesOfRowsGiveWhatTheWholeGives(String name) {
        try (AnnData whole = open(Shared.data(name));
                AnnData parts = open(Shared.data(name))) {
            int n = whole.obs().rows();
            List<Column> columns = new ArrayList<>(whole.obs().columns());
            for (int from = 0; from < n; from += 7) {
                int to = Math.min(n, from + 7);
                DataFrame part = parts.obs().rows(from, to);
                assertThat(part.index())
                        .isEqualTo(Arrays.copyOfRange(whole.obs().index(), from, to));
                for (Column column : columns) {
                    assertThat(part.column(column.name()).texts())
                            .as(column.name())
                            .isEqualTo(Arrays.copyOfRange(column.texts(), from, to));
                }
            }
        }
    }

    private static AnnData open(Path file) {
        SourceLocation location = SourceLocation.of(file.toString(), Map.of());
        return file.toString().endsWith(".h5ad") ? H5adFiles.open(file) : ZarrFormat.open(location);
    }

    @Test
    void everyKindOfColumnSurvivesARoundTrip() {
        Path path = directory.resolve("columns.h5ad");
        DataFrame obs = DataFrame.of(
                "cell",
                new String[] {"a", "", "größe"},
                List.of(
                        Column.strings("text", new String[] {"x", "y", "z"}),
                        Column.strings("gaps", new String[] {"x", null, "y"}),
                        Column.categorical("category", new int[] {1, -1, 0}, new String[] {"low", "high"}, true),
                        Column.of("flag", Values.of(DataType.BOOL, new byte[] {1, 0, 1})),
                        Column.of("maybe", Values.of(DataType.BOOL, new byte[] {1, 0, 1}), new boolean[] {
                            false, true, false
                        }),
                        Column.of("count", Values.of(DataType.UINT32, new int[] {1, -1, 3}), new boolean[] {
                            true, false, false
                        }),
                        Column.of("ratio", Values.of(DataType.FLOAT64, new double[] {1, 2, 3}), new boolean[] {
                            false, true, false
                        }),
                        Column.of("big", Values.of(DataType.UINT64, new long[] {1, -1, 3}))));
        try (H5adWriter writer = H5adWriter.create(path)) {
            writer.obs(obs);
            writer.var(RawH5ad.names("g", 0));
            writer.finish();
        }

        try (AnnData file = H5adFiles.open(path)) {
            DataFrame read = file.obs();
            assertThat(read.indexName()).isEqualTo("cell");
            assertThat(read.index()).containsExactly("a", "", "größe");
            assertThat(read.column("text").strings()).containsExactly("x", "y", "z");
            assertThat(read.column("gaps").strings()).containsExactly("x", null, "y");
            assertThat(read.column("category").strings()).containsExactly("high", null, "low");
            assertThat(read.column("category").ordered()).isTrue();
            assertThat(read.column("flag").values().bytes()).containsExactly(1, 0, 1);
            assertThat(read.column("maybe").texts()).containsExactly("True", null, "True");
            assertThat(read.column("count").type()).isEqualTo(DataType.UINT32);
            assertThat(read.column("count").texts()).containsExactly(null, "4294967295", "3");
            assertThat(read.column("ratio").values().doubles()).containsExactly(1, Double.NaN, 3);
            assertThat(read.column("big").texts()).containsExactly("1", "18446744073709551615", "3");
            assertThat(file.var().rows()).isZero();
        }
    }

    @Test
    void anUnfinishedFileLeavesNothingBehind() throws Exception {
        try (H5adWriter writer = H5adWriter.create(directory.resolve("unfinished.h5ad"))) {
            writer.obs(RawH5ad.names("c", 3));
        }

        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void wrongTablesAreRefused() {
        String[] two = {"a", "b"};
        assertThatThrownBy(() -> DataFrame.of("i", two, List.of(Column.strings("x", new String[] {"only one"}))))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'x' has 1 values");
        assertThatThrownBy(() -> Column.categorical("x", new int[] {2}, two, false))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("code 2");
        try (H5adWriter writer = H5adWriter.create(directory.resolve("slash.h5ad"))) {
            DataFrame slash = DataFrame.of("i", two, List.of(Column.strings("a/b", two)));
            assertThatThrownBy(() -> writer.obs(slash))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("a/b");
        }
    }

    @Test
    void longColumnsSpanManyChunksAndHeaps() {
        int n = 300_000;
        Path path = directory.resolve("long.h5ad");
        int[] numbers = new int[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = i * 7;
        }
        DataFrame names = RawH5ad.names("cell-", n);
        Column column = Column.of("numbers", Values.of(DataType.INT32, numbers));
        try (H5adWriter writer = H5adWriter.create(path, 1)) {
            writer.obs(DataFrame.of("_index", names.index(), List.of(column)));
            writer.var(RawH5ad.names("g", 1));
            writer.finish();
        }

        try (AnnData file = H5adFiles.open(path)) {
            assertThat(file.obs().index()).isEqualTo(names.index());
            assertThat(file.obs().column("numbers").values().ints()).isEqualTo(numbers);
        }
    }
}
