package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.testing.GoldenParquet;
import io.hox.testing.Shared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which filters Lance evaluates, and that the rows are those that Spark would have found. */
class FilterTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void countsEqualTheOriginals() throws IOException {
        JsonNode versions =
                JSON.readTree(Shared.golden("pbmc_two_datasets", "counts.json").toFile());
        for (String version : List.of("0", "1")) {
            Dataset<Row> cells = read("pbmc_two_datasets", "version", version);
            Iterator<Map.Entry<String, JsonNode>> counts =
                    versions.get("v" + version).fields();
            while (counts.hasNext()) {
                Map.Entry<String, JsonNode> count = counts.next();
                JsonNode where = count.getValue().get("where");
                Dataset<Row> selected = where.isNull() ? cells : cells.where(where.asText());
                assertThat(selected.count())
                        .as("version %s: %s", version, where)
                        .isEqualTo(count.getValue().get("count").asLong());
            }
        }
    }

    @Test
    void groupedCountsEqualTheOriginals() {
        for (String version : List.of("0", "1")) {
            Dataset<Row> cells = read("pbmc_two_datasets", "version", version);
            assertGroups(cells, version, "count_by_cell_type", "cell_type");
            assertGroups(cells, version, "count_by_batch", "batch");
            assertGroups(cells.where("is_train"), version, "count_by_cell_type_where_train", "cell_type");
        }
    }

    private static void assertGroups(Dataset<Row> cells, String version, String golden, String column) {
        List<Row> counts = cells.groupBy(column)
                .count()
                .orderBy(functions.col(column).asc_nulls_first())
                .collectAsList();
        assertThat(Rows.plain(counts))
                .isEqualTo(GoldenParquet.read(
                        Shared.golden("pbmc_two_datasets", "v" + version + "/" + golden + ".parquet")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"multimodal", "multimodal_lance21"})
    void countsPresentModalitiesAndEnums(String atlas) {
        Dataset<Row> cells = read(atlas, "obsTable", "cells");
        assertPushed(cells.where("protein IS NOT NULL"), 123);
        assertPushed(cells.where("protein IS NULL"), 55);
        assertPushed(cells.where("NOT (protein IS NULL OR technology IS NULL)"), null);
        assertPushed(cells.where("technology = 'CITE-seq'"), 119);
        assertPushed(cells.where("technology IN ('multiome', 'RNA only')"), 39);
        assertPushed(cells.where("technology LIKE 'RNA%'"), 35);
        assertPushed(cells.where("technology IS NULL"), 20);
        assertPushed(cells.where("birth < date '1980-01-01'"), 81);
        assertThat(cells.where("array_contains(tags, 'tag1')").count()).isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({
        "g1_lancell,gene_expression,image_features",
        "g1c_homeobox023,gene_expression,image_features",
        "g2a_homeobox027,rna,features"
    })
    void absentPointersAreNullInEveryGeneration(String atlas, String rna, String features) {
        Dataset<Row> cells = read(atlas);
        Dataset<Row> local = local(cells.select(rna + ".zarr_row", rna + ".zarr_group", features + ".zarr_row")
                .toDF("rna_row", "rna_group", "feature_row"));
        for (String[] pair : List.of(
                new String[] {rna + " IS NULL", "rna_row IS NULL"},
                new String[] {rna + ".zarr_row < 5", "rna_row < 5"},
                new String[] {"NOT (" + rna + ".zarr_row < 5)", "NOT (rna_row < 5)"},
                new String[] {"NOT (" + features + ".zarr_row >= 3 AND flag)", null},
                new String[] {features + ".zarr_row = 0", "feature_row = 0"},
                new String[] {features + ".zarr_row <> 0 OR " + rna + ".zarr_row = 0", "feature_row <> 0 OR rna_row = 0"
                },
                new String[] {rna + ".zarr_group <> 'd1/gene_expression'", "rna_group <> 'd1/gene_expression'"},
                new String[] {"NOT (" + features + ".zarr_row <=> 2)", "NOT (feature_row <=> 2)"})) {
            Long expected = pair[1] == null ? null : local.where(pair[1]).count();
            assertPushed(cells.where(pair[0]), expected);
        }
    }

    @Test
    void takesTenThousandValues() {
        Dataset<Row> cells = read("pbmc_two_datasets");
        String uids = IntStream.range(0, 10_000).mapToObj(i -> "'no-" + i + "'").collect(Collectors.joining(","));
        assertPushed(cells.where("uid IN (" + uids + ", 'b8c617752bd45ec3')"), 1);
        assertPushed(
                cells.where("n_genes IN ("
                        + IntStream.range(0, 10_000)
                                .boxed()
                                .map(String::valueOf)
                                .collect(Collectors.joining(",")) + ")"),
                950);
        assertThat(plan(cells.where("uid IN (" + uids + ")")).length()).isLessThan(3_000);
    }

    @Test
    void escapesWhatUsersType() {
        Dataset<Row> notes = read("multimodal", "obsTable", "nuclei");
        assertPushed(notes.where("note = \"nucleus '1'\""), 1);
        assertPushed(notes.where("note LIKE \"%'1'%\""), 1);
        assertPushed(notes.where("contains(note, '%')"), 0);
        assertPushed(notes.where("contains(note, '_')"), 0);
        assertPushed(notes.where("endswith(note, '\\\\')"), 0);
        assertPushed(
                notes.where("startswith(note, 'nucleus')"),
                notes.where("note IS NOT NULL").count());
        assertPushed(notes.where("note = 'x\\\\' OR note = '\"' OR note = '`' OR note = \"' OR true OR '\""), 0);
    }

    @Test
    void leavesToSparkWhatLanceCantSay() {
        Dataset<Row> cells = read("pbmc_two_datasets");
        Dataset<Row> mixed = cells.where("length(cell_type) = 7 AND n_genes > 50");
        assertThat(plan(mixed))
                .contains("left to Spark: ")
                .contains("n_genes > 50")
                .contains("CHAR_LENGTH(cell_type) = 7");
        assertThat(mixed.count())
                .isEqualTo(local(cells.select("cell_type", "n_genes"))
                        .where("length(cell_type) = 7 AND n_genes > 50")
                        .count());
        assertThat(plan(cells.where("cell_type = 'B cells' AND n_genes > 50")))
                .contains("pushed: ")
                .contains("left to Spark: nothing");
    }

    /** A copy that no data source sees. */
    static Dataset<Row> local(Dataset<Row> rows) {
        return rows.sparkSession().createDataFrame(new ArrayList<>(rows.collectAsList()), rows.schema());
    }

    static String plan(Dataset<Row> rows) {
        return rows.queryExecution().executedPlan().toString();
    }

    private static void assertPushed(Dataset<Row> rows, Number count) {
        assertThat(rows.queryExecution().optimizedPlan().toString()).doesNotContain("Filter");
        if (count != null) {
            assertThat(rows.count()).isEqualTo(count.longValue());
        }
    }
}
