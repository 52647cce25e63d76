package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.apache.spark.sql.functions.broadcast;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.JavaConverters;

/** Joins tell the scan, while the query runs, which cells they need. */
class RuntimeFilterTest {

    @ParameterizedTest
    @ValueSource(strings = {"uid", "dataset_uid", "cell_type", "n_genes", "is_train", "collected_at"})
    void aJoinReadsTheCellsItNeeds(String key, @TempDir Path directory) {
        Dataset<Row> cells = read("pbmc_two_datasets", "splitBytes", "30000");
        Dataset<Row> wanted =
                saved(cells.orderBy("uid").limit(3).selectExpr(key, "1 as keep").distinct(), directory);
        Dataset<Row> joined =
                cells.join(broadcast(wanted.where("keep = 1")), key).select("uid", "gene_expression.indices");
        List<String> uids = uids(joined);
        Dataset<Row> copy = FilterTest.local(cells.selectExpr("uid", key.equals("uid") ? "1 as one" : key));
        assertThat(uids).isEqualTo(uids(copy.join(wanted, key))).isNotEmpty();
        SparkPlan scan = scan(joined);
        assertThat(scan.toString()).contains("at runtime: " + key + " in ");
        assertThat(metric(scan, "cells")).isEqualTo(uids.size());
        long entries = 0;
        for (Row row : joined.collectAsList()) {
            entries += row.isNullAt(1) ? 0 : row.getList(1).size();
        }
        assertThat(metric(scan, "matrixEntries")).isEqualTo(entries);
    }

    @Test
    void aJoinWithNothingReadsNothing(@TempDir Path directory) {
        Dataset<Row> cells = read("pbmc_two_datasets");
        Dataset<Row> wanted = saved(cells.selectExpr("uid", "1 as keep"), directory);
        Dataset<Row> joined = cells.join(broadcast(wanted.where("keep > 1 + length(uid)")), "uid")
                .select("uid", "gene_expression.counts");
        assertThat(joined.collectAsList()).isEmpty();
        spark().conf().set("spark.sql.adaptive.enabled", "false");
        try {
            Dataset<Row> again = cells.join(broadcast(wanted.where("keep > 1 + length(uid)")), "uid")
                    .select("uid", "gene_expression.counts");
            assertThat(again.collectAsList()).isEmpty();
            assertThat(scan(again).toString()).contains("at runtime: uid in 0 values; ");
            assertThat(metric(scan(again), "cells")).isZero();
            assertThat(metric(scan(again), "zarrRequests")).isZero();
        } finally {
            spark().conf().unset("spark.sql.adaptive.enabled");
        }
    }

    @Test
    void severalJoinsPruneTogetherWithPushedFilters(@TempDir Path directory) {
        Dataset<Row> cells = read("pbmc_two_datasets");
        Dataset<Row> types = saved(
                cells.where("cell_type IN ('B cells', 'NK cells')")
                        .selectExpr("cell_type", "1 as keep")
                        .distinct(),
                directory.resolve("types"));
        Dataset<Row> batches =
                saved(cells.orderBy("batch").limit(1).selectExpr("batch", "1 as keep2"), directory.resolve("batches"));
        Dataset<Row> joined = cells.where("n_genes > 30")
                .join(broadcast(types.where("keep = 1")), "cell_type")
                .join(broadcast(batches.where("keep2 = 1")), "batch")
                .select("uid", "gene_expression.indices");
        List<String> uids = uids(joined);
        assertThat(uids).isNotEmpty();
        assertThat(scan(joined).toString()).contains("cell_type in 2 values").contains("batch in 1 values");
        assertThat(metric(scan(joined), "cells")).isEqualTo(uids.size());
    }

    @Test
    void limitsKeepTheirCells(@TempDir Path directory) {
        Dataset<Row> cells = read("pbmc_two_datasets");
        Dataset<Row> wanted =
                saved(cells.selectExpr("uid", "1 as keep"), directory).where("keep = 1");
        for (Dataset<Row> some : List.of(
                cells.limit(10),
                cells.offset(940),
                cells.orderBy("n_genes", "uid").limit(4))) {
            List<String> uids = uids(some);
            Dataset<Row> joined = some.join(broadcast(wanted.where("substring(uid, 1, 1) < '8'")), "uid");
            List<String> expected =
                    uids.stream().filter(uid -> uid.compareTo("8") < 0).toList();
            assertThat(uids(joined)).isEqualTo(expected);
            assertThat(scan(joined).toString()).doesNotContain("at runtime");
        }
    }

    private static Dataset<Row> saved(Dataset<Row> rows, Path directory) {
        rows.write().mode(SaveMode.Overwrite).parquet(directory.resolve("saved").toString());
        return spark().read().parquet(directory.resolve("saved").toString());
    }

    private static List<String> uids(Dataset<Row> rows) {
        List<String> uids = new ArrayList<>();
        int column = rows.schema().fieldIndex("uid");
        rows.collectAsList().forEach(row -> uids.add(row.getString(column)));
        Collections.sort(uids);
        return uids;
    }

    /** The scan of cells of an executed query. */
    private static SparkPlan scan(Dataset<Row> executed) {
        SparkPlan plan = executed.queryExecution().executedPlan();
        SparkPlan last = plan instanceof AdaptiveSparkPlanExec adaptive ? adaptive.executedPlan() : plan;
        return JavaConverters.seqAsJavaList(last.collectLeaves()).stream()
                .filter(leaf -> leaf.metrics().contains("cells"))
                .findFirst()
                .orElseThrow();
    }

    private static long metric(SparkPlan scan, String name) {
        return scan.metrics().apply(name).value();
    }
}
