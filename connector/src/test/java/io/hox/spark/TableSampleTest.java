package io.hox.spark;

import static io.hox.testing.SparkTest.metric;
import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Samples depend on the seed alone, and nothing is read of the other cells. */
class TableSampleTest {

    @Test
    void theSameCellsWhateverTheSplits() {
        Set<String> all = uids(read("pbmc_two_datasets"));
        Set<String> first = null;
        for (String splitBytes : List.of("1g", "30000", "900")) {
            Dataset<Row> sample =
                    read("pbmc_two_datasets", "splitBytes", splitBytes).sample(0.3, 42);
            assertThat(FilterTest.plan(sample))
                    .contains("sample: 0.0 to 0.3, seed 42")
                    .doesNotContain("+- Sample");
            Set<String> uids = uids(sample);
            first = first == null ? uids : first;
            assertThat(uids).isEqualTo(first).hasSizeBetween(230, 340);
            assertThat(all).containsAll(uids);
            assertThat(sample.count()).isEqualTo(uids.size());
            assertThat(uids(sample.where("cell_type = 'B cells'")))
                    .isEqualTo(uids(
                            FilterTest.local(sample.select("uid", "cell_type")).where("cell_type = 'B cells'")));
            assertThat(sample.limit(7).collectAsList()).hasSize(7);
            assertThat(first).containsAll(uids(sample.limit(7)));
        }
        assertThat(uids(read("pbmc_two_datasets").sample(0.3, 43))).isNotEqualTo(first);
    }

    @Test
    void readsTheArraysOfSampledCellsOnly() {
        Dataset<Row> sample = read("pbmc_two_datasets").sample(0.05, 7).select("gene_expression.indices");
        long entries = 0;
        List<Row> rows = sample.collectAsList();
        for (Row row : rows) {
            entries += row.isNullAt(0) ? 0 : row.getList(0).size();
        }
        assertThat(rows).hasSizeBetween(20, 90);
        assertThat(metric(sample, "cells")).isEqualTo(rows.size());
        assertThat(metric(sample, "matrixEntries")).isEqualTo(entries).isPositive();
    }

    @Test
    void sharesAddUp() {
        int kept = 0;
        for (long address = 0; address < 100_000; address++) {
            boolean low = new TableSample(0, 0.25, 3).keeps(address);
            boolean high = new TableSample(0.25, 1, 3).keeps(address);
            assertThat(low).isNotEqualTo(high);
            kept += low ? 1 : 0;
        }
        assertThat(kept).isCloseTo(25_000, within(500));
    }

    @Test
    void sparkSamplesWithReplacementAndBehindFilters() {
        Dataset<Row> cells = read("pbmc_two_datasets");
        assertThat(FilterTest.plan(cells.sample(true, 0.5, 1)))
                .contains("Sample")
                .doesNotContain("sample:");
        assertThat(FilterTest.plan(cells.where("n_genes > 50").sample(0.5, 1)))
                .contains("Sample")
                .doesNotContain("sample:");
        cells.createOrReplaceTempView("sampled_cells");
        Dataset<Row> sql = spark().sql("SELECT uid FROM sampled_cells TABLESAMPLE (20 PERCENT) REPEATABLE (5)");
        assertThat(FilterTest.plan(sql)).contains("sample: 0.0 to 0.2, seed 5");
        assertThat(sql.collectAsList()).hasSizeBetween(130, 250);
        assertThat(FilterTest.plan(cells.sample(0.5, 1).groupBy("batch").count()))
                .contains("HashAggregate");
    }

    private static Set<String> uids(Dataset<Row> rows) {
        Set<String> uids = new TreeSet<>();
        rows.select("uid").collectAsList().forEach(row -> assertThat(uids.add(row.getString(0)))
                .isTrue());
        return uids;
    }
}
