package io.hox.spark.write;

import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.AtlasSchema;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureSpaces;
import io.hox.testing.S3Server;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** An atlas in object storage, written with Hadoop's settings as options of the write. */
class S3WriteTest {
    private static final S3Server SERVER = S3Server.running();

    @Test
    void cellsAreAppendedAndRead() {
        String path = "s3a://" + SERVER.bucket() + "/lab/atlas";
        AtlasSchema schema = AtlasSchema.fromJson(
                """
                {"obs": {"cells": {"pointers": {"rna": "gene_expression"}, "columns": {"n": "int64"}}},
                 "registries": {"gene_expression": {}}}
                """);
        AtlasWriter.create(AtlasUri.resolve(path, null), SERVER.options(), schema, FeatureSpaces.none())
                .close();
        Dataset<Row> rows = spark().range(40)
                .selectExpr("id AS n", "array(int(id % 3)) AS indices", "array(int(id)) AS counts")
                .repartition(2);

        rows.write()
                .format("hox")
                .mode("append")
                .options(SERVER.options())
                .option("features", "A,B,C")
                .option("snapshot", true)
                .save(path);

        Dataset<Row> cells =
                spark().read().format("hox").options(SERVER.options()).load(path);
        assertThat(cells.where("rna.counts[0] = n AND rna.indices[0] = n % 3").count())
                .isEqualTo(40);
        assertThat(cells.select("dataset_uid").distinct().count()).isEqualTo(2);
    }
}
