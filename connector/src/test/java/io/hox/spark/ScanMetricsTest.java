package io.hox.spark;

import static io.hox.testing.SparkTest.metric;
import static io.hox.testing.SparkTest.read;
import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.execution.ui.SQLAppStatusStore;
import org.apache.spark.sql.execution.ui.SQLExecutionUIData;
import org.apache.spark.sql.execution.ui.SQLPlanMetric;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

/** What the SQL tab shows of a scan. */
class ScanMetricsTest {

    @Test
    void tasksReportWhatTheyRead() {
        Dataset<Row> counts = read("pbmc_two_datasets", "splitBytes", "100k")
                .selectExpr("size(gene_expression.counts) AS n", "gene_expression.counts");
        long entries = counts.collectAsList().stream()
                .mapToLong(row -> Math.max(0, row.getInt(0)))
                .sum();
        assertThat(metric(counts, "matrixEntries")).isEqualTo(entries);
        assertThat(metric(counts, "cells")).isEqualTo(950);
        assertThat(metric(counts, "zarrRequests")).isPositive();
        assertThat(metric(counts, "zarrBytesRead")).isPositive();
        assertThat(metric(counts, "zarrBytesWasted")).isBetween(0L, metric(counts, "zarrBytesRead"));
        assertThat(metric(counts, "chunksDecoded")).isPositive();
        assertThat(metric(counts, "cacheHits")).isPositive();
        assertThat(metric(counts, "fetchWait")).isNotNegative();
        assertThat(metric(counts, "decodeTime")).isNotNegative();
    }

    @Test
    void theSqlTabShowsThemWithUnits() throws Exception {
        Dataset<Row> counts = read("pbmc_two_datasets", "splitBytes", "100k").selectExpr("gene_expression.counts");
        counts.collectAsList();
        spark().sparkContext().listenerBus().waitUntilEmpty();
        Map<String, String> shown = lastExecution();
        assertThat(shown.get("Zarr bytes read"))
                .contains("total (min, med, max)")
                .containsPattern("\\d (B|KiB|MiB) \\(");
        assertThat(shown.get("fetch wait")).contains("total (min, med, max)").contains("ms (");
        assertThat(shown.get("decode time")).contains("ms (");
        assertThat(shown.get("chunks decoded")).matches("[1-9]\\d*");
        assertThat(shown.get("cells read")).isEqualTo("950");
        for (CustomMetric metric : ScanMetrics.all()) {
            assertThat(shown).containsKey(metric.description());
        }
    }

    private static Map<String, String> lastExecution() {
        SQLAppStatusStore store = spark().sharedState().statusStore();
        SQLExecutionUIData last = store.executionsList().last();
        Map<String, String> shown = new HashMap<>();
        var values = store.executionMetrics(last.executionId());
        for (SQLPlanMetric metric : JavaConverters.seqAsJavaList(last.metrics())) {
            if (values.contains(metric.accumulatorId())) {
                shown.put(metric.name(), values.apply(metric.accumulatorId()));
            }
        }
        return shown;
    }

    @Test
    void sparkMakesMetricsByName() throws ReflectiveOperationException {
        for (CustomMetric metric : ScanMetrics.all()) {
            CustomMetric made = metric.getClass().getConstructor().newInstance();
            assertThat(made.name()).isEqualTo(metric.name());
            assertThat(made.aggregateTaskMetrics(new long[] {1, 2})).contains("3");
        }
    }

    @Test
    void unitsFitTheSize() {
        assertThat(MetricText.bytes(1023)).isEqualTo("1023 B");
        assertThat(MetricText.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(MetricText.bytes(5L << 40)).isEqualTo("5.0 TiB");
        assertThat(MetricText.millis(999)).isEqualTo("999 ms");
        assertThat(MetricText.millis(1_500)).isEqualTo("1.5 s");
        assertThat(MetricText.millis(90_000)).isEqualTo("1.5 min");
        assertThat(MetricText.aggregate(new long[] {7}, MetricText::millis)).isEqualTo("7 ms");
        assertThat(MetricText.aggregate(new long[] {7, 1, 4}, MetricText::millis))
                .isEqualTo("total (min, med, max)\n12 ms (1 ms, 4 ms, 7 ms)");
    }
}
