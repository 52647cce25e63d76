package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpace;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.ScanRequest;
import io.hox.testing.Shared;
import io.hox.zarr.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.vector.BigIntVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The feature-major copies that the original software made hold what the cells hold, deleted cells left out. */
class ReferenceCopiesTest {
    private static final String SPACE = "gene_expression";

    @ParameterizedTest
    @CsvSource({
        "pbmc_two_datasets, 1, pbmc_a/gene_expression, int32",
        "edge_cases, 0, edge/duplicates, int32",
        "edge_cases, 0, edge/many_shards, int32",
        "edge_cases, 1, edge/many_shards, int32",
        "edge_cases, 0, edge/one_feature, int32",
        "edge_cases, 0, edge/odd_names, int32",
        "edge_cases, 0, edge/only_index_zero, int32",
        "edge_cases, 0, edge/all_rows_empty, int32",
        "g1_lancell, 1, d1/gene_expression, float64",
        "g1_lancell, 1, d2_gene_expression, float64",
        "g1c_homeobox023, 1, d1/gene_expression, float64",
        "g2a_homeobox027, 1, d1/gene_expression, int32",
        "g2a_homeobox027, 1, d2_gene_expression, int32"
    })
    void equalTheirCells(String atlasName, long version, String group, String type) {
        try (Atlas atlas = Atlas.open(AtlasUri.resolve(Shared.atlas(atlasName).toString(), null), Map.of());
                AtlasView view = atlas.view(atlas.snapshot(version))) {
            FeatureSpace space = view.space(SPACE);
            List<LayerColumn> layers =
                    List.of(new LayerColumn("counts", type.equals("int32") ? DataType.INT32 : DataType.FLOAT64));
            int[] layout = view.remap(view.dataset(SPACE, group).layoutUid());
            Cells cells = cells(view, group, GroupReaders.of(view, space, FeatureAxis.everything(), layers));

            ColumnCopy copy = ColumnCopy.openOrNull(view.zarr(), ColumnPaths.of(space), group, layout, layers);
            int[] locals = new int[layout.length];
            Arrays.setAll(locals, i -> i);
            ColumnReader reader = ColumnReader.open(copy, locals, cells.rows());
            Map<Integer, Map<Integer, Number>> columns = new TreeMap<>();
            for (int from = 0; from < reader.features(); ) {
                int to = reader.fit(from, 1_000);
                add(reader.read(from, to), from, layout, columns);
                from = to;
            }

            assertThat(columns).isEqualTo(cells.columns);
        }
    }

    private static void add(ColumnBlock block, int first, int[] layout, Map<Integer, Map<Integer, Number>> columns) {
        for (int f = 0; f < block.features(); f++) {
            for (int i = block.offset(f); i < block.offset(f) + block.length(f); i++) {
                columns.computeIfAbsent(layout[first + f], ignored -> new TreeMap<>())
                        .put(block.rows()[i], Blocks.value(block.layer(0), i));
            }
        }
    }

    /** The cells of a snapshot in a group: their rows, and by feature their values. */
    private record Cells(List<Integer> zarrRows, Map<Integer, Map<Integer, Number>> columns) {
        int[] rows() {
            return zarrRows.stream().mapToInt(row -> row).sorted().toArray();
        }
    }

    private static Cells cells(AtlasView view, String group, GroupReaders groups) {
        Cells cells = new Cells(new ArrayList<>(), new TreeMap<>());
        String obs = view.snapshot().obsTables().keySet().iterator().next();
        String column = view.pointers(obs).stream()
                .filter(pointer -> pointer.featureSpace().equals(SPACE))
                .findFirst()
                .orElseThrow()
                .name();
        ScanRequest request = ScanRequest.ALL
                .withColumns(column + ".start", column + ".end", column + ".zarr_row")
                .withFilter(LanceSql.column(column, "zarr_group") + " = " + LanceSql.literal(group));
        CellReader reader = groups.cells();
        try (LanceScan scan = view.obs(obs).scan(request)) {
            while (scan.next()) {
                int n = scan.batch().getRowCount();
                BigIntVector rows = (BigIntVector) scan.batch().getVector(column + ".zarr_row");
                CellPointers.Builder pointers = CellPointers.sparse(n);
                for (int i = 0; i < n; i++) {
                    pointers.add(
                            group,
                            ((BigIntVector) scan.batch().getVector(column + ".start")).get(i),
                            ((BigIntVector) scan.batch().getVector(column + ".end")).get(i));
                }
                CellBlock block = reader.read(pointers.build());
                for (int i = 0; i < n; i++) {
                    int row = (int) rows.get(i);
                    cells.zarrRows.add(row);
                    Blocks.row(block, i, 0).forEach((feature, value) -> cells.columns
                            .computeIfAbsent(feature, ignored -> new TreeMap<>())
                            .put(row, value));
                }
            }
        }
        return cells;
    }
}
