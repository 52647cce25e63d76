package io.hox.spark.write;

import static io.hox.testing.SparkTest.spark;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a DataFrame can hold the numbers of cells, and what becomes of them. */
class FormsTest {
    private static final String SCHEMA =
            """
            {"obs": {"cells": {"pointers": {"rna": "gene_expression", "protein": "protein_abundance"},
                               "columns": {"label": "string", "n": "int64"}}},
             "registries": {"gene_expression": {"columns": {"symbol": "string"}}, "protein_abundance": {}}}
            """;

    @TempDir
    Path directory;

    private TestAtlas atlas;

    @BeforeEach
    void create() {
        atlas = TestAtlas.create(directory.resolve("atlas"), SCHEMA);
    }

    @Test
    void columnsOfIndicesAndLayers() {
        Dataset<Row> rows = sql(
                """
                SELECT * FROM VALUES
                  ('T', array(0, 2), array(5, 7), array(0.5f, 1.5f)),
                  ('B', array(), array(), array()),
                  (NULL, NULL, NULL, NULL)
                AS (label, indices, counts, log_normalized)
                """,
                "array<int>",
                "array<int>",
                "array<float>");

        atlas.append(rows, "field", "rna", "features", "A,B,C");

        assertThat(answers("label", "rna.indices", "rna.counts", "rna.log_normalized"))
                .containsExactlyInAnyOrder(
                        row("T", List.of(0, 2), List.of(5, 7), List.of(0.5f, 1.5f)),
                        row("B", List.of(), List.of(), List.of()),
                        row(null, null, null, null));
        assertThat(measured()).containsExactly("A", "B", "C");
    }

    @Test
    void aStructLikeTheOneOfARead() {
        Dataset<Row> rows = spark().sql(
                        """
                        SELECT 'x' AS uid, named_struct('indices', array(1L, 0L), 'counts', array(3L, 4L)) AS rna,
                               named_struct('indices', array(0, 1), 'counts', array(8, 9)) AS protein
                        UNION ALL SELECT 'y', NULL, named_struct('indices', array(1, 0), 'counts', array(8, 9))
                        UNION ALL SELECT 'z', named_struct('indices', array(1L), 'counts', array(2L)), NULL
                        """);

        atlas.append(rows.coalesce(1), "features.rna", "[\"A\", \"B\"]", "features.protein", "p, q");

        assertThat(answers("uid", "rna.indices", "rna.counts", "protein.indices", "protein.counts"))
                .containsExactlyInAnyOrder(
                        row("x", List.of(0, 1), List.of(4, 3), List.of(0, 1), List.of(8, 9)),
                        row("y", null, null, List.of(0, 1), List.of(9, 8)),
                        row("z", List.of(1), List.of(2), null, null));
        // One task, one dataset, a group for each modality.
        assertThat(atlas.datasets())
                .hasSize(2)
                .extracting(d -> d.datasetUid())
                .containsOnly(atlas.datasets().get(0).datasetUid());
    }

    @Test
    void repeatedEntriesAreSummedAndUnsortedOnesSorted() {
        Dataset<Row> rows = sql(
                "SELECT * FROM VALUES ('T', array(2, 0, 2, 1), array(5, 0, 7, 1)) AS (label, indices, counts)",
                "array<int>",
                "array<int>");

        atlas.append(rows, "field", "rna", "features", "A,B,C");

        assertThat(answers("rna.indices", "rna.counts")).containsExactly(row(List.of(0, 1, 2), List.of(0, 1, 12)));
    }

    @Test
    void countsMayComeAsAnyWholeNumbers() {
        for (String type : List.of("tinyint", "smallint", "bigint", "float", "double")) {
            Dataset<Row> rows = sql(
                    "SELECT * FROM VALUES ('" + type + "', array(0, 1), array(1, 127)) AS (label, indices, counts)",
                    "array<bigint>",
                    "array<" + type + ">");
            atlas.append(rows, "field", "rna", "features", "A,B,C");
        }

        assertThat(answers("rna.indices", "rna.counts")).hasSize(5).containsOnly(row(List.of(0, 1), List.of(1, 127)));
    }

    @Test
    void everyTaskIsADataset() {
        Dataset<Row> rows = spark().range(100)
                .selectExpr(
                        "concat('c', id) AS uid",
                        "id AS n",
                        "array(int(id % 5)) AS indices",
                        "array(int(id)) AS counts")
                .repartition(4, col("n"));

        atlas.append(rows, "field", "rna", "features", "A,B,C,D,E", "datasetUid", "many");

        assertThat(answers("uid", "n", "rna.counts"))
                .hasSize(100)
                .contains(row("c7", 7L, List.of(7)), row("c99", 99L, List.of(99)));
        assertThat(atlas.datasets())
                .extracting(dataset -> dataset.datasetUid())
                .containsExactlyInAnyOrder("many-part-0", "many-part-1", "many-part-2", "many-part-3");
        assertThat(atlas.read().groupBy("dataset_uid").count().count()).isEqualTo(4);
        assertThat(atlas.groups()).hasSize(4).allMatch(group -> group.startsWith("many/rna-"));
    }

    @Test
    void tasksWithoutRowsWriteNothing() {
        Dataset<Row> rows = spark().range(1)
                .selectExpr("id AS n", "array(1) AS indices", "array(1) AS counts")
                .repartition(5);

        atlas.append(rows, "field", "rna", "features", "A,B", "datasetUid", "one");

        assertThat(atlas.groups()).hasSize(1);
        assertThat(answers("n", "rna.indices")).containsExactly(row(0L, List.of(1)));
        atlas.append(rows.where("n > 5"), "field", "rna", "features", "A,B");
        assertThat(atlas.groups()).hasSize(1);
        assertThat(atlas.datasets()).hasSize(1);
    }

    @Test
    void cellsWithOtherLayersAreAnotherDataset() {
        Dataset<Row> rows = sql(
                        """
                        SELECT * FROM VALUES
                          ('a', array(0), array(1), array(0.5f)), ('b', array(1), array(2), NULL),
                          ('c', array(0), array(3), NULL)
                        AS (label, indices, counts, log_normalized)
                        """,
                        "array<int>",
                        "array<int>",
                        "array<float>")
                .coalesce(1);

        atlas.append(rows, "field", "rna", "features", "A,B", "datasetUid", "d");

        assertThat(answers("label", "dataset_uid", "rna.log_normalized"))
                .containsExactlyInAnyOrder(
                        row("a", "d", List.of(0.5f)), row("b", "d-part-0-1", null), row("c", "d-part-0-1", null));
    }

    @Test
    void aPanelOfAnotherAtlasKeepsItsNumbersButMeasuresOnlyThePanel() {
        Dataset<Row> rows = sql(
                "SELECT * FROM VALUES ('T', array(0, 2), array(5, 7)) AS (label, indices, counts)",
                "array<int>",
                "array<int>");
        atlas.append(rows, "field", "rna", "features", "A,B,C");
        atlas.publish();
        TestAtlas other = TestAtlas.create(directory.resolve("other"), SCHEMA);

        other.append(
                atlas.read("features", "C,A").selectExpr("label", "rna"),
                "featuresFrom",
                atlas.path().toString(),
                "features",
                "C,A");
        atlas.append(rows.withColumn("label", lit("again")), "field", "rna", "features", "*");

        other.publish();
        assertThat(TestAtlas.featureNames(other.read("axis", "features", "fields", "rna")))
                .containsExactly("A", "C");
        assertThat(CellContents.lists(other.read().selectExpr("rna.indices", "rna.counts")))
                .containsExactly(row(List.of(0, 1), List.of(5, 7)));
        assertThat(answers("label", "rna.indices", "rna.counts"))
                .containsExactlyInAnyOrder(
                        row("T", List.of(0, 2), List.of(5, 7)), row("again", List.of(0, 2), List.of(5, 7)));
    }

    @Test
    void aSnapshotCanBeMadeAtOnce() {
        Dataset<Row> rows = spark().range(3).selectExpr("id AS n", "array(1) AS indices", "array(int(id)) AS counts");

        atlas.append(rows, "field", "rna", "features", "B,A", "snapshot", "true", "dropUnknown", "true");
        atlas.append(rows.withColumn("more", lit(1)), "field", "rna", "features", "A,B", "dropUnknown", "true");

        assertThat(atlas.read().count()).isEqualTo(3);
        assertThat(atlas.read("features", "A")
                        .selectExpr("sum(rna.counts[0])")
                        .first()
                        .get(0))
                .isEqualTo(3L);
        assertThat(atlas.publish().read().count()).isEqualTo(6);
    }

    private List<List<Object>> answers(String... columns) {
        return CellContents.lists(atlas.publish().read().selectExpr(columns));
    }

    private List<String> measured() {
        return TestAtlas.featureNames(atlas.read("axis", "features", "fields", "rna"));
    }

    /** Literals of SQL with the types of the columns after the first one. */
    private static Dataset<Row> sql(String query, String... types) {
        Dataset<Row> rows = spark().sql(query);
        String[] columns = rows.columns();
        for (int i = 0; i < types.length; i++) {
            rows = rows.withColumn(columns[i + 1], col(columns[i + 1]).cast(types[i]));
        }
        return rows;
    }

    private static List<Object> row(Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }
}
