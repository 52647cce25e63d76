package io.hox.spark.write;

import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vectors of Spark's machine learning become layers. */
class VectorTest {
    private static final StructType SCHEMA =
            new StructType().add("label", DataTypes.StringType).add("cell", SQLDataTypes.VectorType());

    @TempDir
    Path directory;

    private TestAtlas atlas;

    @BeforeEach
    void create() {
        atlas = TestAtlas.create(
                directory.resolve("atlas"),
                """
                {"obs": {"cells": {"pointers": {"rna": "gene_expression", "protein": "protein_abundance"},
                                   "columns": {"label": "string"}}},
                 "registries": {"gene_expression": {}, "protein_abundance": {}}}
                """);
    }

    @Test
    void inASparseSpaceZerosOfDenseVectorsAreNotStored() {
        atlas.append(vectors(), "vector", "cell", "field", "rna", "features", "A,B,C");

        assertThat(answers("label", "rna.indices", "rna.counts"))
                .containsExactlyInAnyOrder(
                        Arrays.asList("sparse", List.of(0, 2), List.of(4, 5)),
                        Arrays.asList("dense", List.of(1), List.of(6)),
                        Arrays.asList("none", null, null));
    }

    @Test
    void inADenseSpaceEveryFeatureHasAValue() {
        atlas.append(vectors(), "vector", "cell", "field", "protein", "features", "p,q,r");

        assertThat(answers("label", "protein.indices", "protein.counts"))
                .containsExactlyInAnyOrder(
                        Arrays.asList("sparse", List.of(0, 1, 2), List.of(4, 0, 5)),
                        Arrays.asList("dense", List.of(0, 1, 2), List.of(0, 6, 0)),
                        Arrays.asList("none", null, null));
    }

    @Test
    void theLayerCanBeChosenAmongThoseThatDoNotNeedOthers() {
        assertThatThrownBy(() -> atlas.append(
                        vectors(), "vector", "cell", "field", "rna", "features", "A,B,C", "layer", "log_normalized"))
                .hasMessageContaining("requires layer counts");
        assertThatThrownBy(() -> atlas.append(vectors(), "vector", "cell", "field", "rna", "features", "A,B"))
                .hasStackTraceContaining("has a vector of size 3, but the features are 2");
    }

    private static Dataset<Row> vectors() {
        Vector sparse = Vectors.sparse(3, new int[] {0, 2}, new double[] {4, 5});
        Vector dense = Vectors.dense(new double[] {0, 6, 0});
        return spark().createDataFrame(
                        List.of(
                                RowFactory.create("sparse", sparse),
                                RowFactory.create("dense", dense),
                                RowFactory.create("none", null)),
                        SCHEMA);
    }

    private List<List<Object>> answers(String... columns) {
        return CellContents.lists(atlas.publish().read().selectExpr(columns));
    }
}
