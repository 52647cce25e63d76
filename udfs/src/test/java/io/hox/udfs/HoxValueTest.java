package io.hox.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.testing.Shared;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;

class HoxValueTest {
    private static final String ATLAS = "pbmc_two_datasets";

    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.extensions", HoxExtensions.class.getName())
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @BeforeEach
    void readCells() {
        read(ATLAS).createOrReplaceTempView("cells");
    }

    private static Dataset<Row> read(String atlas, String... options) {
        var reader = spark.read().format("hox");
        for (int i = 0; i < options.length; i += 2) {
            reader.option(options[i], options[i + 1]);
        }
        return reader.load(Shared.atlas(atlas).toString());
    }

    /** The values of a feature by the uid of the cell, from whole cells; null where it was not measured. */
    private static Map<String, Double> values(
            String atlas, String pointer, String layer, int feature, String... table) {
        Set<String> measured = new HashSet<>();
        for (Row row : read(atlas, "axis", "features")
                .where("feature_space LIKE '" + pointer + "%' AND global_index = " + feature)
                .select("zarr_group")
                .collectAsList()) {
            measured.add(row.getString(0));
        }
        Map<String, Double> values = new HashMap<>();
        for (Row row : read(atlas, table)
                .selectExpr("uid", pointer + ".zarr_group", pointer + ".indices", pointer + "." + layer)
                .collectAsList()) {
            Double value = null;
            if (!row.isNullAt(3) && measured.contains(row.getString(1))) {
                int at = row.<Integer>getList(2).indexOf(feature);
                value = at < 0 ? 0 : row.<Number>getList(3).get(at).doubleValue();
            }
            values.put(row.getString(0), value);
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"counts", "log_normalized"})
    void isTheValueOfEachCell(String layer) {
        Random random = new Random(5);
        for (int i = 0; i < 4; i++) {
            int feature = random.nextInt(900);
            Map<String, Double> expected = values(ATLAS, "gene_expression", layer, feature);
            Map<String, Double> actual = new HashMap<>();
            spark.sql("SELECT uid, hox_value(gene_expression." + layer + ", " + feature + ") FROM cells")
                    .collectAsList()
                    .forEach(row -> actual.put(row.getString(0), row.isNullAt(1) ? null : row.getDouble(1)));
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void isNullWhereTheCellWasNotAssayed() {
        String[] table = {"obsTable", "cells"};
        read("multimodal", table).createOrReplaceTempView("multimodal");
        Map<String, Double> expected = values("multimodal", "protein", "counts", 3, table);
        Map<String, Double> actual = new HashMap<>();
        spark.sql("SELECT uid, hox_value(p.counts, 3) FROM (SELECT uid, protein AS p FROM multimodal)")
                .collectAsList()
                .forEach(row -> actual.put(row.getString(0), row.isNullAt(1) ? null : row.getDouble(1)));

        assertThat(actual).isEqualTo(expected).containsValue(null);
        assertThat(actual.values().stream().filter(Objects::nonNull)).isNotEmpty();
    }

    @Test
    void takesNamesOfAnyColumnOfTheRegistry() {
        String byIndex = "SELECT uid, hox_value(gene_expression.counts, 0) AS v FROM cells ORDER BY uid";

        List<Row> expected = spark.sql(byIndex).collectAsList();

        for (String feature :
                List.of("'0039087ca86354c2'", "0L", "'0039087ca86354c2', 'uid'", "'" + nameOf(0) + "', 'gene_name'")) {
            assertThat(spark.sql(byIndex.replace(", 0)", ", " + feature + ")")).collectAsList())
                    .isEqualTo(expected);
        }
        read(ATLAS, "featureKey", "gene_name").createOrReplaceTempView("cells");
        assertThat(spark.sql(byIndex.replace(", 0)", ", '" + nameOf(0) + "')")).collectAsList())
                .isEqualTo(expected);
    }

    private static String nameOf(int feature) {
        return read(ATLAS, "axis", "features")
                .where("global_index = " + feature)
                .select("gene_name")
                .first()
                .getString(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {">", ">=", "<", "<=", "=", "<>", "<=>"})
    void selectsTheCellsForWhichAComparisonIsTrue(String operator) {
        Random random = new Random(operator.hashCode());
        for (int i = 0; i < 3; i++) {
            int feature = random.nextInt(900);
            double number = random.nextInt(4);
            Set<String> expected = new TreeSet<>();
            values(ATLAS, "gene_expression", "counts", feature).forEach((uid, value) -> {
                if (value != null && holds(value, operator, number)) {
                    expected.add(uid);
                }
            });
            String value = "hox_value(gene_expression.counts, " + feature + ")";
            assertThat(uids(value + " " + operator + " " + number)).isEqualTo(expected);
            assertThat(uids("NOT NOT (" + value + " " + operator + " " + number + " AND cell_type IS NOT NULL)"
                            + " OR (" + value + " " + operator + " " + number + " AND cell_type IS NULL)"))
                    .isEqualTo(expected);
        }
    }

    private static boolean holds(double value, String operator, double number) {
        return switch (operator) {
            case ">" -> value > number;
            case ">=" -> value >= number;
            case "<" -> value < number;
            case "<=" -> value <= number;
            case "<>" -> value != number;
            default -> value == number;
        };
    }

    private static Set<String> uids(String condition) {
        Set<String> uids = new TreeSet<>();
        spark.sql("SELECT uid FROM cells WHERE " + condition)
                .collectAsList()
                .forEach(row -> uids.add(row.getString(0)));
        return uids;
    }

    @Test
    void comparesMirroredAndInSeveralConditions() {
        String value = "hox_value(gene_expression.counts, 11)";

        assertThat(uids("1 <= " + value)).isEqualTo(uids(value + " >= 1")).isNotEmpty();
        assertThat(uids("0 < " + value + " AND " + value + " <= 2 AND cell_type = 'B cells'"))
                .isEqualTo(uids("(" + value + " = 1 OR " + value + " = 2) AND cell_type = 'B cells'"));
    }

    /** The scan's metrics of a query over the cells of one group. */
    private static Map<String, Long> metrics(String query) {
        Dataset<Row> result = spark.sql(query);
        result.collectAsList();
        Map<String, Long> metrics = new HashMap<>();
        JavaConverters.mapAsJavaMap(result.queryExecution()
                        .executedPlan()
                        .collectLeaves()
                        .apply(0)
                        .metrics())
                .forEach((name, metric) -> metrics.put(name, metric.value()));
        return metrics;
    }

    @Test
    void readsOneFeatureOfAGroupThatHasACopyBeforeItReadsCells() {
        String value = "hox_value(gene_expression.counts, 11)";
        String group =
                "SELECT uid, gene_expression.counts FROM cells WHERE gene_expression.zarr_group = 'pbmc_a/gene_expression'";

        Map<String, Long> all = metrics(group);
        Map<String, Long> none = metrics(group + " AND " + value + " > 1e6");
        Map<String, Long> some = metrics(group + " AND " + value + " > 0");

        assertThat(none.get("matrixEntries")).isZero();
        // Of each of three arrays the document, the shard's index and a chunk.
        assertThat(none.get("chunksDecoded")).isEqualTo(3);
        assertThat(none.get("zarrRequests")).isLessThanOrEqualTo(9);
        assertThat(none.get("zarrBytesRead")).isLessThan(all.get("zarrBytesRead") / 2);
        assertThat(some.get("matrixEntries")).isBetween(1L, all.get("matrixEntries") / 2);
        assertThat(spark.sql("EXPLAIN " + group + " AND " + value + " > 0")
                        .first()
                        .getString(0))
                .contains("rows where gene_expression.counts[11] > 0.0");
    }

    @Test
    void worksInViewsSubqueriesAndGroups() {
        String value = "hox_value(gene_expression.counts, 11)";
        spark.sql("CREATE OR REPLACE TEMP VIEW b_cells AS SELECT * FROM cells WHERE cell_type = 'B cells'");

        List<Row> expected = spark.sql("SELECT " + value + " AS v, count(*) FROM cells WHERE cell_type = 'B cells'"
                        + " GROUP BY 1 ORDER BY 1")
                .collectAsList();

        assertThat(expected).hasSizeGreaterThan(1);
        assertThat(spark.sql("SELECT " + value + " AS v, count(*) FROM b_cells GROUP BY " + value + " ORDER BY v")
                        .collectAsList())
                .isEqualTo(expected);
        assertThat(spark.sql("WITH c AS (SELECT cell_type AS t, gene_expression AS g FROM cells)"
                                + " SELECT v, count(*) FROM (SELECT t, hox_value(g.counts, 11) AS v FROM c)"
                                + " WHERE t = 'B cells' GROUP BY v ORDER BY v")
                        .collectAsList())
                .isEqualTo(expected);
    }

    @Test
    void goesWithAggregatesOverColumns() {
        String sum = "SELECT hox_feature_sum(gene_expression.indices, gene_expression.counts)[11] AS total FROM cells";
        String value = "hox_value(gene_expression.counts, 11)";

        Dataset<Row> positive = spark.sql(sum + " WHERE " + value + " > 0");

        assertThat(positive.queryExecution().executedPlan().toString()).contains("ColumnarPartialAggregate");
        assertThat(positive.first())
                .isEqualTo(spark.sql("SELECT sum(" + value + ") AS total FROM cells")
                        .first());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gene_expression.counts, 'NOGENE'                         | NOGENE",
                "gene_expression.counts, 'ZNF134'                         | is a value of gene_name",
                "gene_expression.counts, 'ZNF134', 'gene_nam'             | gene_nam",
                "gene_expression.counts, 99999999                         | global index 99999999",
                "gene_expression.counts, uid                              | the same for all cells",
                "gene_expression.counts, 1.5D                             | a name or a global index",
                "gene_expression.counts                                   | got 1 arguments",
                "gene_expression.indices, 3                               | the first argument must be a layer",
                "array(1, 2), 3                                           | the first argument must be a layer",
                "named_struct('zarr_group', 'a', 'indices', array(1), 'counts', array(1)).counts, 3 | must be a layer"
            })
    void saysWhatIsWrong(String arguments, String message) {
        assertThatThrownBy(() -> spark.sql("SELECT hox_value(" + arguments + ") FROM cells"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("hox_value")
                .hasMessageContaining(message);
    }

    @Test
    void refusesCellsWhoseFeaturesHaveNoNames() {
        assertThatThrownBy(() -> spark.sql("SELECT hox_value(g.counts, 3) FROM"
                        + " (SELECT first(gene_expression) AS g FROM cells GROUP BY cell_type)"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("not read from an atlas");
        read(ATLAS, "features", "[\"0039087ca86354c2\"]").createOrReplaceTempView("few");
        assertThatThrownBy(() -> spark.sql("SELECT hox_value(gene_expression.counts, 3) FROM few"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("add it to option features");
        SparkSession plain = spark.newSession();
        HoxFunctions.register(plain);
        assertThat(plain.sql("DESCRIBE FUNCTION hox_value").collectAsList().toString())
                .contains("hox_value(layer, feature[, key])");
    }
}
