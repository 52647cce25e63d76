package io.hox.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.spark.PrimitiveArrays;
import io.hox.testing.Shared;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;

/** Every query gives the rows that Spark's own plan gives. */
class ColumnarAggregationTest {
    private static final String OPERATOR = "ColumnarPartialAggregate";
    private static final String SUM = "hox_feature_sum(gene_expression.indices, gene_expression.counts)";
    private static final String STATS = "hox_feature_stats(gene_expression.indices, gene_expression.counts)";

    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.sql.extensions", HoxExtensions.class.getName())
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @AfterEach
    void resetConf() {
        for (String key : List.of(
                ColumnarAggregation.ENABLED,
                ColumnarAggregation.STATE_BYTES,
                "spark.sql.adaptive.enabled",
                "spark.sql.codegen.wholeStage",
                "spark.sql.codegen.factoryMode")) {
            spark.conf().unset(key);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aggregatesColumnsWithAndWithoutAdaptivePlansAndGeneratedCode(boolean adaptive, boolean codegen) {
        spark.conf().set("spark.sql.adaptive.enabled", adaptive);
        spark.conf().set("spark.sql.codegen.wholeStage", codegen);
        spark.conf().set("spark.sql.codegen.factoryMode", codegen ? "CODEGEN_ONLY" : "NO_CODEGEN");
        atlas("pbmc_two_datasets");

        assertColumnar("SELECT " + SUM + ", " + STATS + " FROM cells");
        assertColumnar("SELECT dataset_uid, " + SUM + " FROM cells GROUP BY dataset_uid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1k", "64k", "1g"})
    void givesTheSameForAnyNumberOfPartitions(String splitBytes) {
        atlas("pbmc_two_datasets", "splitBytes", splitBytes);

        assertColumnar("SELECT cell_type, " + STATS + " FROM cells GROUP BY cell_type");
    }

    @Test
    void groupsByExpressionsAndNulls() {
        atlas("pbmc_two_datasets");

        assertColumnar("SELECT nullif(cell_type, 'B cells') AS kind, gene_expression.zarr_group AS place, " + SUM
                + " FROM cells GROUP BY 1, 2");
    }

    @Test
    void computesSparksFunctionsAlong() {
        atlas("pbmc_two_datasets");

        assertColumnar("SELECT cell_type, count(*), max(uid), avg(size(gene_expression.indices)), " + SUM
                + " FILTER (WHERE size(gene_expression.indices) > 800), " + STATS + " FROM cells GROUP BY cell_type");
        assertColumnar("SELECT count(DISTINCT cell_type), " + SUM + " FROM cells");
    }

    @Test
    void takesFiltersThatAreLeftToSpark() {
        atlas("pbmc_two_datasets");

        assertColumnar("SELECT " + SUM + ", count(*) FROM (SELECT *, gene_expression.indices AS i FROM cells)"
                + " WHERE upper(cell_type) LIKE '%B%' AND array_contains(i, 7)");
        assertColumnar("SELECT " + SUM + " FROM cells WHERE cell_type ="
                + " (SELECT max(cell_type) FROM cells WHERE upper(cell_type) LIKE 'B%')");
    }

    @Test
    void ignoresCellsThatWereNotAssayed() {
        atlas("multimodal", "obsTable", "cells");

        String stats = "hox_feature_stats(protein.indices, protein.counts)";
        assertColumnar("SELECT dataset_uid, count(*), " + stats + " FROM cells GROUP BY dataset_uid");
        assertColumnar("SELECT " + stats + " FROM cells");
    }

    @Test
    void hasEmptyResultsOverNoCells() {
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        atlas("pbmc_two_datasets");

        assertColumnar("SELECT " + SUM + ", " + STATS + ", count(*) FROM cells WHERE upper(cell_type) = 'NONE'");
        assertColumnar("SELECT cell_type, " + SUM + " FROM cells WHERE upper(cell_type) = 'NONE' GROUP BY cell_type");
        assertColumnar("SELECT " + STATS + " FROM cells WHERE cell_type = 'none'");
    }

    @Test
    void readsOnlyPinnedFeatures() {
        atlas("pbmc_two_datasets", "features", "[\"0039087ca86354c2\", \"004f661adfd454fc\"]");

        assertColumnar("SELECT cell_type, " + SUM + " FROM cells GROUP BY cell_type");
    }

    @Test
    void worksInUnionsAndBelowLimits() {
        atlas("pbmc_two_datasets");
        String grouped = "SELECT cell_type, " + SUM + " AS total FROM cells GROUP BY cell_type";

        assertColumnar(grouped + " UNION ALL " + grouped);
        assertColumnar("SELECT cell_type, size(total) FROM (" + grouped + ") ORDER BY cell_type LIMIT 2");
        assertColumnar("SELECT max(size(total)) FROM (" + grouped + ")");
    }

    @Test
    void returnsStatesEarlyWhereManyGroupsWouldTakeTooMuchMemory() {
        spark.conf().set(ColumnarAggregation.STATE_BYTES, "1m");
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        atlas("pbmc_two_datasets", "splitBytes", "1g");
        String query = "SELECT uid, " + STATS + ", " + SUM + " FROM cells GROUP BY uid";

        Dataset<Row> groups = assertColumnar(query);
        assertThat(metric(groups, ColumnarPartialAggregateExec.EARLY)).isGreaterThan(2);

        assertColumnar("SELECT pmod(hash(uid), 40) AS bin, " + STATS + " FROM cells GROUP BY 1");
    }

    @Test
    void tellsWhatItRead() {
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        atlas("pbmc_two_datasets");
        long cells = spark.table("cells").count();

        Dataset<Row> sum = assertColumnar("SELECT " + SUM + " FROM cells");

        assertThat(metric(sum, ColumnarPartialAggregateExec.INPUT_ROWS)).isEqualTo(cells);
        assertThat(metric(sum, ColumnarPartialAggregateExec.INPUT_BATCHES)).isBetween(1L, cells);
        assertThat(metric(sum, ColumnarPartialAggregateExec.OUTPUT_ROWS)).isBetween(1L, 10L);
    }

    @Test
    void readsArraysWhereTheyWereDecoded() {
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        atlas("pbmc_two_datasets", "batchRows", "100");

        SparkPlan scan = operator(spark.sql("SELECT " + SUM + " FROM cells")).child();
        List<Boolean> inPlace = scan.executeColumnar()
                .toJavaRDD()
                .map(ColumnarAggregationTest::isInPlace)
                .collect();

        assertThat(inPlace).hasSizeGreaterThan(5).doesNotContain(false);
    }

    private static boolean isInPlace(ColumnarBatch batch) {
        ColumnVector struct = batch.column(0);
        return struct.getChild(0) instanceof PrimitiveArrays && struct.getChild(1) instanceof PrimitiveArrays;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT collect_set(cell_type), " + SUM + " FROM cells",
                "SELECT " + SUM + " FROM (SELECT * FROM cells UNION ALL SELECT * FROM cells)",
                "SELECT " + SUM + " FROM (SELECT * FROM cells ORDER BY uid LIMIT 50)",
                "SELECT " + SUM + " FROM (SELECT /*+ REPARTITION(3) */ * FROM cells)"
            })
    void leavesOtherPlansToSpark(String query) {
        atlas("pbmc_two_datasets");

        Dataset<Row> result = spark.sql(query);
        List<Row> rows = result.collectAsList();

        assertThat(plan(result)).doesNotContain(OPERATOR);
        assertSameRows(rows, withSparksPlan(query));
    }

    @Test
    void isTheSameOperatorWhereItReadsTheSame() {
        spark.conf().set("spark.sql.adaptive.enabled", "false");
        atlas("pbmc_two_datasets");
        String grouped = "SELECT cell_type, " + SUM + " AS total FROM cells GROUP BY cell_type";

        String plan = plan(spark.sql(grouped + " UNION ALL " + grouped));

        assertThat(plan).containsOnlyOnce(OPERATOR).contains("ReusedExchange");
    }

    @Test
    void explainsItself() {
        atlas("pbmc_two_datasets");
        Dataset<Row> sum = spark.sql("EXPLAIN FORMATTED SELECT cell_type, " + SUM + " FROM cells GROUP BY cell_type");

        assertThat(sum.first().getString(0)).contains(OPERATOR).contains("partial_hox_feature_sum(");
    }

    private static void atlas(String name, String... options) {
        var reader = spark.read().format("hox");
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        reader.load(Shared.atlas(name).toString()).createOrReplaceTempView("cells");
    }

    /** Runs the query over columns and as Spark would. */
    private static Dataset<Row> assertColumnar(String query) {
        Dataset<Row> result = spark.sql(query);
        List<Row> rows = result.collectAsList();
        assertThat(plan(result)).contains(OPERATOR);
        assertSameRows(rows, withSparksPlan(query));
        return result;
    }

    private static List<Row> withSparksPlan(String query) {
        spark.conf().set(ColumnarAggregation.ENABLED, "false");
        try {
            Dataset<Row> result = spark.sql(query);
            List<Row> rows = result.collectAsList();
            assertThat(plan(result)).doesNotContain(OPERATOR);
            return rows;
        } finally {
            spark.conf().unset(ColumnarAggregation.ENABLED);
        }
    }

    private static void assertSameRows(List<Row> actual, List<Row> expected) {
        assertThat(actual.stream().map(Row::toString).sorted().toList())
                .isEqualTo(expected.stream().map(Row::toString).sorted().toList());
    }

    private static String plan(Dataset<Row> frame) {
        return frame.queryExecution().executedPlan().toString();
    }

    private static long metric(Dataset<Row> executed, String name) {
        return operator(executed).metrics().apply(name).value();
    }

    private static ColumnarPartialAggregateExec operator(Dataset<Row> frame) {
        return find(frame.queryExecution().executedPlan());
    }

    private static ColumnarPartialAggregateExec find(SparkPlan plan) {
        if (plan instanceof ColumnarPartialAggregateExec found) {
            return found;
        }
        return find(JavaConverters.seqAsJavaList(plan.children()).get(0));
    }
}
