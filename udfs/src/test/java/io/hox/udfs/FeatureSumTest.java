package io.hox.udfs;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureSumTest {
    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "3")
                .config("spark.sql.extensions", HoxExtensions.class.getName())
                .getOrCreate();
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void addsUpEveryFeatureOverAllPartitions(int partitions) {
        int features = 2500;
        Random random = new Random(11);
        double[] expected = new double[features];
        List<Row> cells = new ArrayList<>();
        for (int cell = 0; cell < 300; cell++) {
            int[] indices =
                    random.ints(0, features).limit(40).distinct().sorted().toArray();
            int[] values = random.ints(indices.length, 0, 1000).toArray();
            for (int i = 0; i < indices.length; i++) {
                expected[indices[i]] += values[i];
            }
            cells.add(RowFactory.create("a", indices, values));
        }
        int last = features - 1;
        while (expected[last] == 0) {
            last--;
        }

        Dataset<Row> frame = frame(DataTypes.IntegerType, cells).repartition(partitions);

        assertThat(sum(frame)).containsExactly(Arrays.copyOf(expected, last + 1));
    }

    @Test
    void ignoresNullCellsAndNullEntries() {
        Dataset<Row> cells =
                spark.sql("SELECT indices, values FROM VALUES (array(0, 3), array(1, 2)), (null, array(5)),"
                        + " (array(1), null), (array(3, null, 1), array(4, 7, null)) AS cells(indices, values)");

        assertThat(sum(cells)).containsExactly(1, 0, 0, 6);
    }

    @Test
    void hasNoElementsOverNoCells() {
        Dataset<Row> cells =
                frame(DataTypes.IntegerType, List.of(RowFactory.create("a", new int[] {2}, new int[] {1})));

        assertThat(sum(cells.where("kind = 'b'"))).isEmpty();
        assertThat(cells.where("kind = 'b'").groupBy("kind").agg(sumOfValues()).count())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tinyint", "smallint", "int", "bigint", "float", "double"})
    void takesEveryNumberType(String type) {
        Dataset<Row> cells = spark.sql(
                "SELECT array(1, 4) AS indices, cast(array(-3, 100) AS array<" + type + ">) AS values FROM range(3)");

        assertThat(sum(cells)).containsExactly(0, -9, 0, 0, 300);
    }

    @Test
    void isExactForLargeWholeNumbers() {
        long large = (1L << 52) - 1;
        Dataset<Row> cells = frame(
                DataTypes.LongType,
                List.of(
                        RowFactory.create("a", new int[] {0}, new long[] {large}),
                        RowFactory.create("a", new int[] {0}, new long[] {large})));

        assertThat(sum(cells)).containsExactly((double) (2 * large));
    }

    @Test
    void groupsAndFiltersLikeOtherAggregates() {
        spark.sql("SELECT * FROM VALUES ('a', array(0), array(1)), ('b', array(1), array(2)), ('a', array(0), array(4))"
                        + " AS cells(kind, indices, values)")
                .createOrReplaceTempView("cells");

        List<Row> rows = spark.sql("SELECT kind, hox_feature_sum(indices, values) AS total,"
                        + " hox_feature_sum(indices, values) FILTER (WHERE values[0] > 1) AS large"
                        + " FROM cells GROUP BY kind ORDER BY kind")
                .collectAsList();

        assertThat(rows.get(0).getList(1)).isEqualTo(List.of(5.0));
        assertThat(rows.get(0).getList(2)).isEqualTo(List.of(4.0));
        assertThat(rows.get(1).getList(1)).isEqualTo(List.of(0.0, 2.0));
    }

    @Test
    void givesStatisticsAsRows() {
        spark.sql(
                        "SELECT * FROM VALUES ('a', array(0, 2), array(1, 4)), ('b', array(1), array(2)), ('a', array(0), array(5)),"
                                + " ('a', null, array(5)), ('c', array(0), array(0)) AS cells(kind, indices, values)")
                .createOrReplaceTempView("cells");

        List<Row> rows = spark.sql("SELECT kind, inline(hox_feature_stats(indices, values)) FROM cells GROUP BY kind"
                        + " ORDER BY kind, global_index")
                .collectAsList();

        assertThat(rows)
                .containsExactly(
                        RowFactory.create("a", 0, 2L, 2L, 6.0, 3.0, 8.0),
                        RowFactory.create("a", 2, 2L, 1L, 4.0, 2.0, 8.0),
                        RowFactory.create("b", 1, 1L, 1L, 2.0, 2.0, null));
        assertThat(spark.sql("SELECT inline(hox_feature_stats(indices, values)) FROM cells")
                        .columns())
                .containsExactly("global_index", "n_cells", "nnz", "sum", "mean", "variance");
    }

    @Test
    void canBeRegisteredInARunningSession() {
        SparkSession other = spark.newSession();
        HoxFunctions.register(other);

        assertThat(other.sql("SELECT hox_feature_sum(array(1), array(2.5f))")
                        .first()
                        .getList(0))
                .isEqualTo(List.of(0.0, 2.5));
        assertThat(other.sql("DESCRIBE FUNCTION hox_feature_sum")
                        .collectAsList()
                        .toString())
                .contains("indices array<int>");
    }

    @Test
    void isShownInPlansByItsNameAndArguments() {
        Dataset<Row> cells =
                frame(DataTypes.IntegerType, List.of(RowFactory.create("a", new int[] {2}, new int[] {1})));

        assertThat(cells.agg(sumOfValues()).queryExecution().executedPlan().toString())
                .containsPattern("hox_feature_sum\\(indices#\\d+, values#\\d+\\)");
    }

    @Test
    void refusesOtherArguments() {
        assertThatThrownBy(() -> spark.sql("SELECT hox_feature_sum(array(1L), array(1))"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("the first argument of hox_feature_sum must be array<int> and not array<bigint>");
        assertThatThrownBy(() -> spark.sql("SELECT hox_feature_sum(array(1), array('x'))"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("array<string>");
        assertThatThrownBy(() -> spark.sql("SELECT hox_feature_sum(array(1))"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("takes two arguments");
    }

    @Test
    void refusesArraysThatDoNotBelongTogether() {
        assertThatThrownBy(() -> sum(spark.sql("SELECT array(1, 2) AS indices, array(1) AS values")))
                .hasStackTraceContaining("a cell has 2 indices but 1 values");
        assertThatThrownBy(() -> sum(spark.sql("SELECT array(-1) AS indices, array(1) AS values")))
                .hasStackTraceContaining("-1 is no feature index");
        assertThatThrownBy(() -> sum(spark.sql("SELECT array(2000000000) AS indices, array(1) AS values")))
                .hasStackTraceContaining("2000000000 is no feature index");
    }

    private static Dataset<Row> frame(DataType valueType, List<Row> rows) {
        StructType schema = new StructType()
                .add("kind", DataTypes.StringType)
                .add("indices", DataTypes.createArrayType(DataTypes.IntegerType, false))
                .add("values", DataTypes.createArrayType(valueType, false));
        return spark.createDataFrame(rows, schema);
    }

    private static double[] sum(Dataset<Row> cells) {
        List<Double> result = cells.agg(sumOfValues()).first().getList(0);
        return result.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static org.apache.spark.sql.Column sumOfValues() {
        return expr("hox_feature_sum(indices, values)");
    }
}
