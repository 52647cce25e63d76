package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Shared;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** hox and lance-spark in one session read the same flat columns. */
class LanceSparkOracleTest {

    @Test
    void flatColumnsAreEqual() {
        String[] columns = {"uid", "cell_type", "n_counts", "n_genes", "percent_mito", "batch", "is_train"};
        // The cells of the latest snapshot are those of the latest table version.
        String table = Shared.atlas("pbmc_two_datasets")
                .resolve("lance_db/cells.lance")
                .toString();
        Dataset<Row> lance = spark().read().format("lance").load(table);
        Dataset<Row> hox = read("pbmc_two_datasets");

        List<Row> expected = lance.selectExpr(columns).orderBy("uid").collectAsList();

        assertThat(expected).hasSize(950);
        assertThat(hox.selectExpr(columns).orderBy("uid").collectAsList()).isEqualTo(expected);
        assertThat(hox.where("n_genes > 50").count())
                .isEqualTo(lance.where("n_genes > 50").count());
    }
}
