package io.hox.spark;

import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.spark.write.TestAtlas;
import io.hox.testing.FeatureMajorCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Few features of cells: the same answers from the cells' rows and from feature-major copies. */
class FeatureMajorReadTest {
    private static final StructType SCHEMA = new StructType()
            .add("label", DataTypes.StringType)
            .add("indices", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("counts", DataTypes.createArrayType(DataTypes.IntegerType));
    private static final int CELLS = 1_200;
    private static final String PANEL = "g3,g141,g320";

    @TempDir
    static Path directory;

    private static TestAtlas plain;
    private static TestAtlas indexed;

    /** Three datasets of features 0-199, 100-299 and 200-399; the same atlas once without and once with copies of two. */
    @BeforeAll
    static void twoAtlases() {
        plain = make("plain");
        indexed = make("indexed");
        for (Row dataset : indexed.read("axis", "features")
                .select("dataset_uid", "zarr_group")
                .distinct()
                .collectAsList()) {
            if (!dataset.getString(0).equals("d1")) {
                FeatureMajorCopies.make(indexed.path().toString(), "rna", dataset.getString(1), 256);
            }
        }
    }

    private static TestAtlas make(String name) {
        TestAtlas atlas = TestAtlas.create(
                directory.resolve(name),
                """
                {"obs": {"cells": {"pointers": {"rna": "gene_expression"}, "columns": {"label": "string"}}},
                 "registries": {"gene_expression": {}}}
                """);
        Random random = new Random(7);
        for (int d = 0; d < 3; d++) {
            int first = 100 * d;
            String features =
                    IntStream.range(first, first + 200).mapToObj(f -> "g" + f).collect(Collectors.joining(","));
            List<Row> rows = new ArrayList<>();
            for (int cell = 0; cell < CELLS; cell++) {
                rows.add(cell(d, cell, random));
            }
            atlas.append(
                    spark().createDataFrame(rows, SCHEMA).coalesce(1), "features", features, "datasetUid", "d" + d);
        }
        return atlas.publish();
    }

    private static Row cell(int dataset, int cell, Random random) {
        TreeMap<Integer, Integer> entries = new TreeMap<>();
        if (cell % 50 != 0) {
            random.ints(150, 0, 200).forEach(f -> entries.put(f, 1 + random.nextInt(9)));
        }
        return RowFactory.create(
                "cell " + dataset + "-" + cell,
                entries.keySet().toArray(),
                entries.values().toArray());
    }

    private static List<String> answers(TestAtlas atlas, String where, String... options) {
        Dataset<Row> cells = atlas.read(options).where(where);
        return cells.selectExpr("label", "rna.indices", "rna.counts").toJSON().collectAsList();
    }

    @Test
    void rowsAndTheirOrderAreTheSame() {
        for (String splitBytes : List.of("100m", "200k", "50k")) {
            for (String where : List.of("true", "label like '%7'", "dataset_uid <> 'd1'")) {
                assertThat(answers(indexed, where, "features", PANEL, "splitBytes", splitBytes))
                        .as(where + ", splits of " + splitBytes)
                        .isEqualTo(answers(plain, where, "features", PANEL));
            }
        }
    }

    @Test
    void unionsIntersectionsAndSmallBatchesAreTheSame() {
        for (String join : List.of("union", "intersection")) {
            String[] options = {"features", "g141,g142,g250,g350", "featureJoin", join, "batchRows", "97"};
            assertThat(answers(indexed, "true", options)).isEqualTo(answers(plain, "true", options));
        }
    }

    @Test
    void limitsAreTheSame() {
        for (int limit : new int[] {5, 1_300}) {
            List<String> expected = plain.read("features", PANEL)
                    .select("label", "rna.counts")
                    .limit(limit)
                    .toJSON()
                    .collectAsList();
            assertThat(indexed.read("features", PANEL)
                            .select("label", "rna.counts")
                            .limit(limit)
                            .toJSON()
                            .collectAsList())
                    .isEqualTo(expected);
        }
    }

    @Test
    void thePlanSaysHowManyGroupsAreReadFeatureMajor() {
        assertThat(explain(indexed.read("features", PANEL).select("rna.counts")))
                .contains("rna feature-major: 2 of 3 groups");
        assertThat(explain(plain.read("features", PANEL).select("rna.counts")))
                .contains("rna feature-major: 0 of 3 groups");
        assertThat(explain(indexed.read("features", PANEL)
                        .where("dataset_uid = 'd0' and label like '%-17'")
                        .select("rna.counts")))
                .as("one cell is not worth a look at the copy")
                .contains("rna feature-major: 0 of 1 groups");
        assertThat(explain(indexed.read().select("rna.counts"))).doesNotContain("feature-major");
        assertThat(explain(indexed.read("features", PANEL).select("label"))).doesNotContain("feature-major");
    }

    private static String explain(Dataset<Row> cells) {
        return cells.queryExecution().executedPlan().toString();
    }

    @Test
    void theRowsOfGroupsThatAreReadFeatureMajorAreNotTouched() throws IOException {
        TestAtlas damaged = make("damaged");
        for (String group : damaged.groups()) {
            FeatureMajorCopies.make(damaged.path().toString(), "rna", group, 256);
            Path indices = damaged.path().resolve("zarr_store").resolve(group).resolve("csr/indices/c/0");
            Files.write(indices, new byte[] {1, 2, 3});
        }

        assertThat(answers(damaged, "true", "features", PANEL)).isEqualTo(answers(plain, "true", "features", PANEL));
        assertThatThrownBy(() -> answers(damaged, "true")).hasStackTraceContaining("it is truncated");
    }

    @Test
    void aDamagedCopyIsOneClearError() throws IOException {
        TestAtlas damaged = make("badcopy");
        String group = damaged.groups().get(0);
        FeatureMajorCopies.make(damaged.path().toString(), "rna", group, 256);
        Files.delete(damaged.path().resolve("zarr_store").resolve(group).resolve("csc/indices/zarr.json"));

        assertThatThrownBy(() -> answers(damaged, "true", "features", PANEL))
                .hasStackTraceContaining("but no csc/indices")
                .hasStackTraceContaining("hox index");
        assertThat(answers(damaged, "true")).isEqualTo(answers(plain, "true"));
    }
}
