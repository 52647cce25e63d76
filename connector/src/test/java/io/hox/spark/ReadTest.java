package io.hox.spark;

import static io.hox.testing.SparkTest.metric;
import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read and what is not: limits, pruning, splits, absent layers, values out of range, the feature axis. */
class ReadTest {

    static List<String> atlases() {
        return Shared.ATLASES;
    }

    @Test
    void limitsEqualTheOriginals() throws IOException {
        JsonNode limits = new ObjectMapper()
                .readTree(Shared.golden("pbmc_two_datasets", "limits.json").toFile());
        Dataset<Row> cells = read("pbmc_two_datasets").select("uid");
        for (String splitBytes : List.of("64m", "900")) {
            Dataset<Row> some =
                    read("pbmc_two_datasets", "splitBytes", splitBytes).select("uid");
            assertSame(some.limit(10), limits.get("limit_10"));
            assertSame(some.offset(5).limit(7), limits.get("offset_5_limit_7"));
            assertSame(some.offset(1), limits.get("offset_1"));
            assertSame(some.limit(1_000_000), limits.get("limit_beyond"));
            assertThat(uids(some.offset(1_000_000))).isEmpty();
            Dataset<Row> filtered =
                    read("pbmc_two_datasets", "splitBytes", splitBytes).where("cell_type = 'B cells'");
            assertSame(filtered.offset(3).limit(4).select("uid"), limits.get("where_offset_3_limit_4"));
        }
        // The original takes a limit of 0 for none.
        assertThat(uids(cells.limit(0))).isEmpty();
        assertThat(cells.limit(10).queryExecution().optimizedPlan().toString()).doesNotContain("Limit");
        assertThat(cells.offset(5).limit(7).queryExecution().optimizedPlan().toString())
                .doesNotContain("Limit")
                .doesNotContain("Offset");
    }

    private static List<String> uids(Dataset<Row> rows) {
        List<String> uids = new ArrayList<>();
        rows.collectAsList().forEach(row -> uids.add(row.getString(0)));
        return uids;
    }

    /** Golden answers list the first uids and count all. */
    private static void assertSame(Dataset<Row> rows, JsonNode golden) {
        List<String> uids = uids(rows);
        List<String> first = new ArrayList<>();
        golden.get("uids").forEach(uid -> first.add(uid.asText()));
        assertThat(uids.subList(0, first.size())).isEqualTo(first);
        assertThat(uids).hasSize(golden.path("rows").asInt(first.size()));
    }

    @Test
    void readsNoArrayUnlessOneIsSelected() {
        Dataset<Row> cells = read("pbmc_two_datasets");
        for (Dataset<Row> query : List.of(
                cells.select("uid", "cell_type"),
                cells.select("gene_expression.zarr_group", "gene_expression.zarr_row"),
                // Spark asks for the whole struct, but looks only at whether it is null.
                cells.selectExpr("gene_expression IS NULL"),
                cells.where("gene_expression IS NOT NULL").select("uid"))) {
            query.collectAsList();
            assertThat(metric(query, "zarrRequests")).isZero();
            assertThat(metric(query, "cells")).isEqualTo(950);
        }
    }

    @Test
    void fetchesOnlyTheSelectedLayers() {
        Dataset<Row> cells = read("pbmc_two_datasets", "splitBytes", "1g").where("dataset_uid = 'df169e0acdda59a3'");
        Dataset<Row> indices = cells.select("gene_expression.indices");
        Dataset<Row> one = cells.select("gene_expression.counts");
        Dataset<Row> two = cells.select("gene_expression.counts", "gene_expression.log_normalized");
        long[] bytes = new long[3];
        int i = 0;
        for (Dataset<Row> query : List.of(indices, one, two)) {
            query.collectAsList();
            bytes[i++] = metric(query, "zarrBytesRead");
            assertThat(metric(query, "matrixEntries")).isPositive();
            assertThat(metric(query, "zarrRequests")).isPositive();
        }
        assertThat(bytes[0]).isPositive().isLessThan(bytes[1]);
        assertThat(bytes[1]).isLessThan(bytes[2]);
    }

    @Test
    void countsWithoutColumns() {
        Dataset<Row> cells = read("pbmc_two_datasets");
        assertThat(cells.count()).isEqualTo(950);
        assertThat(cells.selectExpr("1 as one").collectAsList()).hasSize(950);
        assertThat(FilterTest.plan(cells.selectExpr("1 as one"))).contains("cells[]");
    }

    @ParameterizedTest
    @MethodSource("atlases")
    void theNumberOfSplitsDoesNotMatter(String atlas) {
        String[] table = {"obsTable", "cells", "version", "0"};
        long bytes = bytes(atlas, table);
        List<Map<String, Object>> whole = null;
        for (int splits : List.of(1, 2, 7)) {
            String splitBytes = Long.toString((bytes + splits - 1) / splits);
            Dataset<Row> cells = read(atlas, "obsTable", "cells", "version", "0", "splitBytes", splitBytes);
            assertThat(cells.rdd().getNumPartitions()).isEqualTo(splits);
            if (atlas.equals("edge_cases")) {
                // Some of its counts are beyond the range of an int.
                cells = cells.selectExpr("uid", "name", "rna.zarr_row", "rna.indices");
            }
            List<Map<String, Object>> rows = Rows.plain(cells.collectAsList());
            if (whole == null) {
                whole = rows;
            } else {
                assertThat(rows).hasSameSizeAs(whole);
                for (int i = 0; i < rows.size(); i++) {
                    assertThat(text(rows.get(i)).equals(text(whole.get(i))))
                            .as("row %d", i)
                            .isTrue();
                }
            }
        }
    }

    private static String text(Map<String, Object> row) {
        StringBuilder text = new StringBuilder();
        row.forEach((name, value) -> text.append(name)
                .append(value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value)));
        return text.toString();
    }

    /** Decoded bytes of all cells as the planner sees them. */
    private static long bytes(String atlas, String... options) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put(options[i], options[i + 1]);
        }
        given.put("path", Shared.atlas(atlas).toString());
        spark();
        OptionValues parsed = HoxOptions.of(new CaseInsensitiveStringMap(given));
        CellsTable table = CellsTable.load(AtlasRead.resolve(parsed), parsed);
        CellScan scan = (CellScan) new CellScanBuilder(table).build();
        scan.planInputPartitions();
        return scan.estimateStatistics().sizeInBytes().getAsLong();
    }

    @Test
    void aLayerThatADatasetLacksIsNull() {
        Dataset<Row> cells = read("multimodal", "obsTable", "cells").where("protein IS NOT NULL");
        assertThat(cells.where("protein.clr_normalized IS NOT NULL").count()).isEqualTo(13);
        assertThat(cells.where("protein.counts IS NULL").count()).isZero();
        assertThat(cells.where("size(protein.indices) = size(protein.counts)").count())
                .isEqualTo(123);
        assertThat(read("multimodal", "obsTable", "cells")
                        .where("protein IS NULL")
                        .where("protein.indices IS NULL")
                        .count())
                .isEqualTo(55);
    }

    @Test
    void countsBeyondTheRangeAreAnErrorThatNamesTheCell() {
        Dataset<Row> cells = read("edge_cases", "version", "0").where("dataset_uid = 'large_counts'");
        assertThat(cells.select("rna.indices").collectAsList()).isNotEmpty();
        assertThatThrownBy(() -> cells.select("rna.counts").collectAsList())
                .hasMessageContaining("large_counts-")
                .hasMessageContaining("'counts'")
                .hasMessageContaining("beyond the largest int32");
    }

    @Test
    void pinnedFeaturesMayBeNamedByAnyColumn() {
        String[] genes = {"features", "ZNF134,CHMP6", "featureKey", "gene_name"};
        Dataset<Row> byName = read("pbmc_two_datasets", genes);
        Dataset<Row> byUid = read("pbmc_two_datasets", "features", "[\"0039087ca86354c2\", \"004f661adfd454fc\"]");
        Dataset<Row> indices = byName.selectExpr("explode(gene_expression.indices) as i");
        assertThat(indices.distinct().orderBy("i").collectAsList().stream().map(row -> row.getInt(0)))
                .containsExactly(0, 1);
        assertThat(byName.select("uid", "gene_expression.counts").collectAsList())
                .isEqualTo(byUid.select("uid", "gene_expression.counts").collectAsList());
        assertThat(FilterTest.plan(byName)).contains("2 features");
    }

    @Test
    void showsWhichDatasetMeasuredWhat() {
        for (String version : List.of("0", "1")) {
            Dataset<Row> features = read("pbmc_two_datasets", "axis", "features", "version", version);
            List<Map<String, Object>> layouts =
                    GoldenParquet.read(Shared.golden("pbmc_two_datasets", "v" + version + "/feature_layouts.parquet"));
            List<Map<String, Object>> datasets =
                    GoldenParquet.read(Shared.golden("pbmc_two_datasets", "v" + version + "/datasets.parquet"));
            List<String> expected = new ArrayList<>();
            for (Map<String, Object> dataset : datasets) {
                for (Map<String, Object> layout : layouts) {
                    if (layout.get("layout_uid").equals(dataset.get("layout_uid"))) {
                        expected.add(dataset.get("zarr_group") + "/" + layout.get("feature_uid") + "/"
                                + layout.get("local_index") + "/" + layout.get("global_index"));
                    }
                }
            }
            List<String> actual = new ArrayList<>();
            features.select("zarr_group", "uid", "local_index", "global_index")
                    .collectAsList()
                    .forEach(row -> actual.add(row.mkString("/")));
            Collections.sort(expected);
            Collections.sort(actual);
            assertThat(actual.equals(expected)).as("version %s", version).isTrue();
        }
        Dataset<Row> both = read("multimodal", "axis", "features");
        assertThat(both.select("feature_space").distinct().count()).isEqualTo(2);
        assertThat(both.where("zarr_group = 'm1/adt'").count()).isEqualTo(14);
        assertThat(both.where("protein_name IS NOT NULL").count())
                .isEqualTo(both.where("feature_space = 'protein_abundance'").count());
        assertThat(FilterTest.plan(both.where("zarr_group = 'm1/adt'"))).contains("datasets: 1 of 6");
    }
}
