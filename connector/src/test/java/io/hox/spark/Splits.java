package io.hox.spark;

import static io.hox.testing.SparkTest.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Function1;

/** Scans of cells whose splits a test reads itself, in its own thread. */
final class Splits {

    private Splits() {}

    /**
     * @param uri the atlas
     * @param columns the selected columns, as DDL; null = all
     */
    static CellScan scan(String uri, String columns, Map<String, String> options) {
        Map<String, String> given = new HashMap<>(options);
        given.put("path", uri);
        spark();
        OptionValues parsed = HoxOptions.of(new CaseInsensitiveStringMap(given));
        CellScanBuilder builder = new CellScanBuilder(CellsTable.load(AtlasRead.resolve(parsed), parsed));
        if (columns != null) {
            builder.pruneColumns(columns.isEmpty() ? new StructType() : StructType.fromDDL(columns));
        }
        return (CellScan) builder.build();
    }

    /** A reader of one split. */
    static PartitionReader<ColumnarBatch> open(CellScan scan, int split, RowFilterSpec... filters) {
        return factory(scan, filters).createColumnarReader(scan.planInputPartitions()[split]);
    }

    static CellReaderFactory factory(CellScan scan, RowFilterSpec... filters) {
        CellReadPlan plan = ((CellReaderFactory) scan.createReaderFactory()).plan();
        return new CellReaderFactory(plan.withRowFilters(List.of(filters)));
    }

    /** The rows of the reader's current batch. */
    static List<Row> rows(CellScan scan, ColumnarBatch batch) {
        Function1<Object, Object> toRow = CatalystTypeConverters.createToScalaConverter(scan.readSchema());
        List<Row> rows = new ArrayList<>();
        Consumer<Object> add = row -> rows.add((Row) toRow.apply(row));
        batch.rowIterator().forEachRemaining(add);
        return rows;
    }

    static Map<String, Long> metrics(PartitionReader<ColumnarBatch> reader) {
        Map<String, Long> metrics = new HashMap<>();
        for (CustomTaskMetric metric : reader.currentMetricsValues()) {
            metrics.put(metric.name(), metric.value());
        }
        return metrics;
    }
}
