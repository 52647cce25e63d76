package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Directories;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which aggregations Lance does, in how many parts, and that nothing else is read for them. */
class AggregateTest {

    @Test
    void readsNothingButTheTable(@TempDir Path directory) throws IOException {
        Directories.copy(Shared.atlas("pbmc_two_datasets"), directory);
        Directories.delete(directory.resolve("zarr_store"));
        Files.createDirectory(directory.resolve("zarr_store"));
        Dataset<Row> cells = spark().read().format("hox").load(directory.toString());
        assertThat(cells.count()).isEqualTo(950);
        assertThat(cells.where("is_train").groupBy("batch", "cell_type").count().collectAsList())
                .hasSameSizeAs(FilterTest.local(
                                read("pbmc_two_datasets").where("is_train").select("batch", "cell_type"))
                        .distinct()
                        .collectAsList());
    }

    @Test
    void smallTablesAreOneTaskWithoutExchange() {
        Dataset<Row> groups =
                read("pbmc_two_datasets").groupBy("cell_type", "batch").count();
        assertThat(FilterTest.plan(groups))
                .doesNotContain("Exchange")
                .doesNotContain("HashAggregate")
                .contains("aggregates: COUNT(*) by cell_type, batch; splits: 1");
        assertThat(groups.rdd().getNumPartitions()).isEqualTo(1);
    }

    @Test
    void largeTablesAreAddedUpBySpark() {
        Dataset<Row> groups = read("pbmc_two_datasets", "splitBytes", "900")
                .groupBy("cell_type")
                .agg(count(lit(1)), min("collected_at"));
        assertThat(FilterTest.plan(groups)).contains("HashAggregate").contains("splits: 2");
    }

    @Test
    void sparkGroupsWhereNearlyEveryCellHasItsOwnKey() {
        Dataset<Row> small = read("pbmc_two_datasets").groupBy("uid").count();
        assertThat(FilterTest.plan(small)).contains("aggregates: COUNT(*) by uid; splits: 1");
        Dataset<Row> large =
                read("pbmc_two_datasets", "splitBytes", "900").groupBy("uid").count();
        assertThat(FilterTest.plan(large)).contains("HashAggregate").doesNotContain("aggregates:");
        assertThat(small.count()).isEqualTo(large.count()).isEqualTo(950);
    }

    @Test
    void countsAllCellsWithoutATask() {
        assertThat(FilterTest.plan(read("pbmc_two_datasets").groupBy().count())).contains("LocalTableScan");
        // Rows that a version no longer has are not counted.
        for (String version : List.of("0", "1")) {
            Dataset<Row> cells = read("edge_cases", "version", version);
            assertThat(cells.count())
                    .isEqualTo(cells.select("uid").collectAsList().size());
            assertThat(cells.groupBy("dataset_uid")
                            .count()
                            .orderBy("dataset_uid")
                            .collectAsList())
                    .isEqualTo(FilterTest.local(cells.select("dataset_uid"))
                            .groupBy("dataset_uid")
                            .count()
                            .orderBy("dataset_uid")
                            .collectAsList());
        }
    }

    @Test
    void nothingSelectedIsStillARow() {
        for (String splitBytes : List.of("1g", "900")) {
            Dataset<Row> none =
                    read("pbmc_two_datasets", "splitBytes", splitBytes).where("n_genes < -5 AND batch = 'no such'");
            Row row = none.agg(count(lit(1)), count("cell_type"), min("cell_type"), max("n_genes"))
                    .head();
            assertThat(row.mkString("/")).isEqualTo("0/0/null/null");
            assertThat(none.groupBy("batch").count().collectAsList()).isEmpty();
        }
    }

    @Test
    void distinctValuesAreGroups() {
        Dataset<Row> batches = read("pbmc_two_datasets").select("batch").distinct();
        assertThat(FilterTest.plan(batches)).contains("aggregates:  by batch");
        assertThat(batches.count())
                .isEqualTo(FilterTest.local(read("pbmc_two_datasets").select("batch"))
                        .distinct()
                        .count());
    }

    @Test
    void limitsCountGroups() {
        Dataset<Row> groups = read("pbmc_two_datasets").groupBy("cell_type").count();
        assertThat(groups.limit(2).collectAsList()).hasSize(2);
        assertThat(groups.orderBy(col("count").desc()).limit(1).head().getLong(1))
                .isEqualTo(FilterTest.local(groups).agg(max("count")).head().getLong(0));
    }

    @Test
    void leavesToSparkWhatDiffers() {
        Dataset<Row> cells = read("pbmc_two_datasets");
        for (Dataset<Row> query : List.of(
                cells.groupBy("percent_mito").count(),
                cells.agg(max("n_counts")),
                cells.agg(org.apache.spark.sql.functions.sum("n_genes")),
                cells.agg(org.apache.spark.sql.functions.countDistinct("cell_type")),
                cells.groupBy(org.apache.spark.sql.functions.upper(col("cell_type")))
                        .count(),
                cells.groupBy("gene_expression.zarr_group").count(),
                cells.where("length(cell_type) = 7").groupBy("batch").count(),
                cells.limit(10).groupBy("batch").count())) {
            assertThat(FilterTest.plan(query)).contains("HashAggregate").doesNotContain("aggregates:");
        }
        assertThat(FilterTest.plan(cells.agg(count("percent_mito")))).contains("aggregates: COUNT(percent_mito)");
    }
}
