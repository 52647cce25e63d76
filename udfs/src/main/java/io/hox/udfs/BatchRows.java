package io.hox.udfs;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.AbstractIterator;
import scala.collection.immutable.Map;

/** The rows of batches, as views that are valid until the next one is asked for. */
final class BatchRows extends AbstractIterator<InternalRow> {
    private final scala.collection.Iterator<ColumnarBatch> batches;
    private final List<ColumnArguments> columns;
    private final BasePredicate predicate;
    private final SQLMetric inputRows;
    private final SQLMetric inputBatches;
    private Iterator<InternalRow> rows;
    private InternalRow next;

    /**
     * @param columns told of each batch before its first row
     * @param predicate which rows to return; null for all
     */
    BatchRows(
            scala.collection.Iterator<ColumnarBatch> batches,
            List<ColumnArguments> columns,
            BasePredicate predicate,
            Map<String, SQLMetric> metrics) {
        this.batches = batches;
        this.columns = columns;
        this.predicate = predicate;
        this.inputRows = metrics.apply(ColumnarPartialAggregateExec.INPUT_ROWS);
        this.inputBatches = metrics.apply(ColumnarPartialAggregateExec.INPUT_BATCHES);
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (rows != null && rows.hasNext()) {
                InternalRow row = rows.next();
                next = predicate == null || predicate.eval(row) ? row : null;
            } else if (batches.hasNext()) {
                open(batches.next());
            } else {
                return false;
            }
        }
        return true;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        InternalRow row = next;
        next = null;
        return row;
    }

    private void open(ColumnarBatch batch) {
        inputBatches.add(1);
        inputRows.add(batch.numRows());
        for (ColumnArguments argument : columns) {
            argument.open(batch);
        }
        rows = batch.rowIterator();
    }
}
