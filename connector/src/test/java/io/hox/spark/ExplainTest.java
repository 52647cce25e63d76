package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Shared;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** What a plan says about its scan, and how large it takes it to be. */
class ExplainTest {

    @Test
    void namesEverythingThatWasPushed() {
        Dataset<Row> cells = read("pbmc_two_datasets", "version", "0", "layers", "counts", "splitBytes", "1m");
        String atlas = Shared.atlas("pbmc_two_datasets").toString();
        assertThat(text(cells.where("n_genes > 50 AND length(batch) > 0")
                        .orderBy("n_genes")
                        .limit(3)
                        .select("uid")))
                .isEqualTo("hox " + atlas + ", version 0, table cells; pushed: n_genes IS NOT NULL AND n_genes > 50;"
                        + " left to Spark: CHAR_LENGTH(batch) > 0; splits: up to 1048576 bytes each");
        assertThat(text(cells.where("n_genes > 50")
                        .orderBy(functions.col("batch").desc())
                        .limit(3)
                        .select("gene_expression.counts")))
                .contains("; first 3 by batch descending, nulls last; gene_expression(counts); splits: ");
        assertThat(text(cells.sample(0.25, 9).where("is_train")))
                .contains(
                        "pushed: is_train = true; left to Spark: nothing; sample: 0.0 to 0.25, seed 9; gene_expression(");
        assertThat(text(cells.offset(2).limit(5).select("uid"))).contains("; offset 2, limit 5; splits: ");
        assertThat(text(cells.where("is_train").groupBy("batch").agg(functions.max("n_genes"))))
                .endsWith(
                        "pushed: is_train = true; left to Spark: nothing; aggregates: MAX(n_genes) by batch; splits: 1");
    }

    @Test
    void estimatesFollowTheProjectionAndWhatWasPushed() {
        Dataset<Row> cells = read("pbmc_two_datasets");
        assertThat(rows(cells.select("uid"))).isEqualTo(950);
        assertThat(rows(cells.where("cell_type = 'B cells'").select("uid")))
                .isEqualTo(cells.where("cell_type = 'B cells'").count());
        assertThat(rows(cells.offset(900).select("uid"))).isEqualTo(50);
        assertThat(rows(cells.sample(0.1, 1).select("uid"))).isEqualTo(95);
        assertThat(rows(cells.orderBy("uid").limit(7).select("uid"))).isEqualTo(7);
        assertThat(rows(cells.groupBy().agg(functions.max("n_genes")))).isEqualTo(1);
        long narrow = bytes(cells.select("uid"));
        long wide = bytes(cells.select("uid", "cell_type", "batch"));
        long indices = bytes(cells.select("gene_expression.indices"));
        long counts = bytes(cells.select("gene_expression.counts"));
        assertThat(narrow).isLessThan(wide);
        assertThat(wide).isLessThan(indices);
        assertThat(indices).isLessThan(counts);
        long entries =
                cells.selectExpr("sum(size(gene_expression.indices))").head().getLong(0);
        assertThat(counts).isBetween(entries * 8 / 2, entries * 8 * 2);
        assertThat(bytes(read("pbmc_two_datasets", "features", "ZNF134,CHMP6", "featureKey", "gene_name")
                        .select("gene_expression.counts")))
                .isLessThan(counts / 5);
    }

    private static String text(Dataset<Row> rows) {
        return relation(rows).scan().description();
    }

    private static long rows(Dataset<Row> rows) {
        return Long.parseLong(statistics(rows).rowCount().get().toString());
    }

    private static long bytes(Dataset<Row> rows) {
        return statistics(rows).sizeInBytes().toLong();
    }

    private static Statistics statistics(Dataset<Row> rows) {
        return relation(rows).stats();
    }

    private static DataSourceV2ScanRelation relation(Dataset<Row> rows) {
        return (DataSourceV2ScanRelation)
                rows.queryExecution().optimizedPlan().collectLeaves().apply(0);
    }
}
