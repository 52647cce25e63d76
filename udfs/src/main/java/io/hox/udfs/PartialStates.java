package io.hox.udfs;

import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.MutableProjection$;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.execution.aggregate.ObjectAggregationIterator;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.collection.AbstractIterator;
import scala.collection.Seq;
import scala.collection.immutable.List$;
import scala.collection.immutable.Map;
import scala.runtime.AbstractFunction2;

/**
 * Groups and their states. Spark's own aggregation of objects is given as many rows as there is memory for states, and
 * again for the next rows: it would otherwise sort all further rows, arrays and all, once it has met a few groups.
 */
final class PartialStates extends AbstractIterator<InternalRow> {
    private final Aggregate aggregate;
    private final BatchRows rows;
    private final StateMemory memory;
    private final SQLMetric outputRows;
    private final SQLMetric early;
    private final SQLMetric time;
    private ObjectAggregationIterator states;

    PartialStates(Aggregate aggregate, BatchRows rows, StateMemory memory, Map<String, SQLMetric> metrics) {
        this.aggregate = aggregate;
        this.rows = rows;
        this.memory = memory;
        this.outputRows = metrics.apply(ColumnarPartialAggregateExec.OUTPUT_ROWS);
        this.early = metrics.apply(ColumnarPartialAggregateExec.EARLY);
        this.time = metrics.apply(ColumnarPartialAggregateExec.TIME);
    }

    /** What to compute. */
    record Aggregate(
            int partition,
            Seq<NamedExpression> keys,
            Seq<AggregateExpression> functions,
            Seq<Attribute> output,
            Seq<Attribute> input) {}

    @Override
    public boolean hasNext() {
        if (states == null) {
            // Without keys there is one group, even over no rows.
            if (!aggregate.keys().isEmpty() && !rows.hasNext()) {
                return false;
            }
            aggregateRows();
        } else if (!states.hasNext() && rows.hasNext()) {
            early.add(1);
            aggregateRows();
        }
        return states.hasNext();
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return states.next();
    }

    private void aggregateRows() {
        long start = System.nanoTime();
        memory.clear();
        states = new ObjectAggregationIterator(
                aggregate.partition(),
                aggregate.output(),
                aggregate.keys(),
                aggregate.functions(),
                List$.MODULE$.empty(),
                0,
                List$.MODULE$.empty(),
                new NewProjection(),
                aggregate.input(),
                new Portion(),
                Integer.MAX_VALUE,
                outputRows,
                unused(),
                unused());
        time.add((System.nanoTime() - start) / 1_000_000);
    }

    /** Sorting never happens here, so there is nothing to be said about it. */
    private static SQLMetric unused() {
        return new SQLMetric("sum", 0);
    }

    /** Rows until memory is full. */
    private final class Portion extends AbstractIterator<InternalRow> {
        @Override
        public boolean hasNext() {
            return (aggregate.keys().isEmpty() || !memory.isFull()) && rows.hasNext();
        }

        @Override
        public InternalRow next() {
            return rows.next();
        }
    }

    private static final class NewProjection
            extends AbstractFunction2<Seq<Expression>, Seq<Attribute>, MutableProjection> {
        @Override
        public MutableProjection apply(Seq<Expression> expressions, Seq<Attribute> input) {
            return MutableProjection$.MODULE$.create(expressions, input);
        }
    }
}
