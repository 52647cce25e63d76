package io.hox.spark;

import static io.hox.testing.SparkTest.spark;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.spark.write.TestAtlas;
import io.hox.testing.Directories;
import io.hox.testing.FeatureMajorCopies;
import io.hox.testing.Shared;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The matrix by feature against the matrix by cell. */
class FeatureMatrixTest {
    private static final StructType SCHEMA = new StructType()
            .add("label", DataTypes.StringType)
            .add("indices", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("counts", DataTypes.createArrayType(DataTypes.IntegerType));

    @TempDir
    static Path directory;

    private static TestAtlas made;

    @BeforeAll
    static void twoDatasetsOfWhichOneHasACopy() {
        made = TestAtlas.create(
                directory.resolve("atlas"),
                """
                {"obs": {"cells": {"pointers": {"rna": "gene_expression"}, "columns": {"label": "string"}}},
                 "registries": {"gene_expression": {"columns": {"gene_name": "string"}}}}
                """);
        Random random = new Random(3);
        for (int d = 0; d < 2; d++) {
            String features =
                    IntStream.range(10 * d, 10 * d + 30).mapToObj(f -> "g" + f).collect(Collectors.joining(","));
            List<Row> rows = new ArrayList<>();
            for (int cell = 0; cell < 150; cell++) {
                TreeMap<Integer, Integer> entries = new TreeMap<>();
                random.ints(random.nextInt(12), 0, 29).forEach(f -> entries.put(f, 1 + random.nextInt(9)));
                rows.add(RowFactory.create(
                        "cell " + cell,
                        entries.keySet().toArray(),
                        entries.values().toArray()));
            }
            made.append(spark().createDataFrame(rows, SCHEMA).coalesce(1), "features", features, "datasetUid", "d" + d);
        }
        made.publish();
        for (String group : made.groups()) {
            if (group.startsWith("d0")) {
                FeatureMajorCopies.make(made.path().toString(), "rna", group, 64);
            }
        }
    }

    /** (group, feature, cell, count) of all entries, read by cell and by feature. */
    private static void assertEqualMatrices(Dataset<Row> cells, String pointer, Dataset<Row> features, String layer) {
        Dataset<Row> byCell = cells.where(col(pointer + ".zarr_group").isNotNull())
                .selectExpr(
                        pointer + ".zarr_group as zarr_group",
                        pointer + ".zarr_row as cell",
                        "explode(arrays_zip(" + pointer + ".indices, " + pointer + "." + layer + ")) as entry")
                .selectExpr(
                        "zarr_group",
                        "cast(cell as int) as cell",
                        "entry.indices as feature",
                        "entry." + layer + " as value");
        Dataset<Row> byFeature = features.selectExpr(
                        "zarr_group",
                        "cast(global_index as int) as feature",
                        "explode(arrays_zip(cells, " + layer + ")) as entry")
                .selectExpr("zarr_group", "entry.cells as cell", "feature", "entry." + layer + " as value");
        List<String> expected = sorted(byCell);
        assertThat(expected).isNotEmpty();
        assertThat(sorted(byFeature)).isEqualTo(expected);
    }

    private static List<String> sorted(Dataset<Row> entries) {
        return entries.select("zarr_group", "cell", "feature", "value").toJSON().collectAsList().stream()
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "pbmc_two_datasets, gene_expression, counts",
        "pbmc_two_datasets, gene_expression, log_normalized",
        "g1_lancell, gene_expression, counts",
        "g1c_homeobox023, gene_expression, counts",
        "g2a_homeobox027, rna, counts",
        "custom_space, long, Unique"
    })
    void referenceAtlases(String atlas, String field, String layer) {
        String path = Shared.atlas(atlas).toString();
        Dataset<Row> cells =
                spark().read().format("hox").option("fields", field).load(path);
        Dataset<Row> features = spark().read()
                .format("hox")
                .option("axis", "features")
                .option("fields", field)
                .load(path);
        String name = List.of(features.columns()).contains(layer) ? layer : firstLayer(features);

        assertEqualMatrices(cells, field, features, name);
    }

    private static String firstLayer(Dataset<Row> features) {
        List<String> columns = List.of(features.columns());
        return columns.get(columns.indexOf("cells") + 1);
    }

    @ParameterizedTest
    @CsvSource({"0", "1"})
    void cellsThatASnapshotDoesNotHaveAreLeftOut(String version) {
        String path = Shared.atlas("edge_cases").toString();
        Dataset<Row> cells = spark().read()
                .format("hox")
                .option("version", version)
                .load(path)
                .where("rna.zarr_group not in ('edge/large_counts', 'edge/negative_counts')");
        Dataset<Row> features = spark().read()
                .format("hox")
                .option("axis", "features")
                .option("version", version)
                .load(path)
                .where("zarr_group not in ('edge/large_counts', 'edge/negative_counts')");

        assertEqualMatrices(cells, "rna", features, "counts");
    }

    @Test
    void groupsWithAndWithoutACopy() {
        for (String splitBytes : List.of("64m", "2k")) {
            for (String batchBytes : List.of("32m", "600")) {
                String[] options = {"axis", "features", "splitBytes", splitBytes, "batchBytes", batchBytes};
                assertEqualMatrices(made.read(), "rna", made.read(options), "counts");
            }
        }
    }

    @Test
    void measuredCellsAreThoseOfTheGroupWithOrWithoutEntries() {
        Dataset<Row> features = made.read("axis", "features");
        for (Row row : features.select("measured_cells").collectAsList()) {
            assertThat(row.getLong(0)).isEqualTo(150);
        }
        // Nobody has an entry of the last feature of each dataset; it is measured all the same.
        assertThat(features.where("uid = 'g29' and dataset_uid = 'd0'")
                        .selectExpr("size(cells)", "size(counts)", "measured_cells")
                        .collectAsList())
                .containsExactly(RowFactory.create(0, 0, 150L));
    }

    @Test
    void filtersOnColumnsOfTheRegistryLeaveOutFeatures() {
        Dataset<Row> features = made.read("axis", "features");
        List<String> all = features.where("length(uid) > 0").toJSON().collectAsList();
        for (String filter : List.of(
                "uid = 'g12'",
                "uid in ('g3', 'g38', 'nothing')",
                "global_index = 5",
                "global_index in (5, 7, 99999999999)",
                "uid = 'nothing'",
                "uid in ('g12', 'g13') and dataset_uid = 'd1'",
                "uid = 'g12' or uid = 'g13'")) {
            List<String> expected = spark().read()
                    .json(spark().createDataset(all, Encoders.STRING()))
                    .where(filter)
                    .select("uid", "dataset_uid", "cells", "counts")
                    .toJSON()
                    .collectAsList();
            assertThat(features.where(filter)
                            .select("uid", "dataset_uid", "cells", "counts")
                            .toJSON()
                            .collectAsList())
                    .as(filter)
                    .isEqualTo(expected);
        }
    }

    @Test
    void thePlanSaysWhatIsTransposed() {
        Dataset<Row> features = made.read("axis", "features");

        assertThat(explain(features.select("counts")))
                .contains("feature-major: 1 of 2 groups")
                .contains("transposed on the fly: 1 groups (hox index makes a copy)");
        assertThat(explain(features.where("dataset_uid = 'd0'").select("cells")))
                .doesNotContain("transposed");
        assertThat(explain(features.select("uid", "measured_cells"))).doesNotContain("feature-major");
    }

    private static String explain(Dataset<Row> features) {
        return features.queryExecution().executedPlan().toString();
    }

    @Test
    void withoutArrayColumnsNothingIsReadFromTheStore() throws Exception {
        Path copy = directory.resolve("tables_only");
        Directories.copy(made.path().resolve("lance_db"), copy.resolve("lance_db"));

        assertThat(spark().read()
                        .format("hox")
                        .option("axis", "features")
                        .load(copy.toString())
                        .select("uid", "dataset_uid", "measured_cells", "local_index")
                        .count())
                .isEqualTo(60);
        assertThat(spark().read()
                        .format("hox")
                        .option("axis", "features")
                        .load(copy.toString())
                        .selectExpr("sum(measured_cells)")
                        .head()
                        .getLong(0))
                .isEqualTo(60 * 150);
    }

    @Test
    void denseSpacesHaveAllTheirCells() {
        String path = Shared.atlas("multimodal").toString();
        Dataset<Row> cells = spark().read()
                .format("hox")
                .option("obsTable", "cells")
                .option("fields", "protein")
                .load(path);
        Dataset<Row> features = spark().read()
                .format("hox")
                .option("axis", "features")
                .option("obsTable", "cells")
                .option("fields", "protein")
                .load(path);

        assertEqualMatrices(cells, "protein", features, "counts");
    }

    @Test
    void spacesWithoutAMatrixHaveNoNumbers() {
        Map<Boolean, Long> nulls = spark()
                .read()
                .format("hox")
                .option("axis", "features")
                .load(Shared.atlas("fragments").toString())
                .select("cells")
                .collectAsList()
                .stream()
                .collect(Collectors.groupingBy(row -> row.isNullAt(0), Collectors.counting()));
        assertThat(nulls).containsOnlyKeys(true);
    }

    @Test
    void countsBeyondAnIntNameTheirCell() {
        assertThatThrownBy(() -> spark().read()
                        .format("hox")
                        .option("axis", "features")
                        .load(Shared.atlas("edge_cases").toString())
                        .where("zarr_group = 'edge/large_counts'")
                        .select("counts")
                        .collectAsList())
                .hasStackTraceContaining("Cell 'row 0' (group 'edge/large_counts'")
                .hasStackTraceContaining("columns have no unsigned types");
    }
}
