package io.hox.udfs;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Predicate$;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map;
import scala.runtime.AbstractFunction2;

/** What a task of {@link ColumnarPartialAggregateExec} does. */
final class PartialAggregation extends AbstractFunction2<Object, Iterator<ColumnarBatch>, Iterator<InternalRow>>
        implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Seq<NamedExpression> keys;
    private final Seq<AggregateExpression> functions;
    private final Seq<Expression> filters;
    private final Seq<Attribute> output;
    private final Seq<Attribute> input;
    private final String stateBytes;
    private final Map<String, SQLMetric> metrics;

    /** @param stateBytes bytes for states; null for what suits the executor's heap */
    PartialAggregation(
            Seq<NamedExpression> keys,
            Seq<AggregateExpression> functions,
            Seq<Expression> filters,
            Seq<Attribute> output,
            Seq<Attribute> input,
            String stateBytes,
            Map<String, SQLMetric> metrics) {
        this.keys = keys;
        this.functions = functions;
        this.filters = filters;
        this.output = output;
        this.input = input;
        this.stateBytes = stateBytes;
        this.metrics = metrics;
    }

    @Override
    public Iterator<InternalRow> apply(Object partition, Iterator<ColumnarBatch> batches) {
        StateMemory memory =
                new StateMemory(stateBytes == null ? StateMemory.limit() : JavaUtils.byteStringAsBytes(stateBytes));
        List<ColumnArguments> columns = new ArrayList<>();
        List<AggregateExpression> inTask = new ArrayList<>();
        for (AggregateExpression expression : JavaConverters.seqAsJavaList(functions)) {
            inTask.add(inTask(expression, memory, columns));
        }
        BatchRows rows = new BatchRows(batches, columns, predicate((Integer) partition), metrics);
        return new PartialStates(
                new PartialStates.Aggregate(
                        (Integer) partition,
                        keys,
                        JavaConverters.asScalaBuffer(inTask).toList(),
                        output,
                        input),
                rows,
                memory,
                metrics);
    }

    private AggregateExpression inTask(
            AggregateExpression expression, StateMemory memory, List<ColumnArguments> columns) {
        if (!(expression.aggregateFunction() instanceof BoundAggregate function)) {
            return expression;
        }
        ColumnArguments arguments = ColumnArguments.of(function, input, memory);
        columns.add(arguments);
        return expression.copy(
                function.over(arguments),
                expression.mode(),
                expression.isDistinct(),
                expression.filter(),
                expression.resultId());
    }

    /** Null without filters. */
    private BasePredicate predicate(int partition) {
        if (filters.isEmpty()) {
            return null;
        }
        Expression all = filters.apply(0);
        for (int i = 1; i < filters.length(); i++) {
            all = new And(all, filters.apply(i));
        }
        BasePredicate predicate = Predicate$.MODULE$.create(all, input);
        predicate.initialize(partition);
        return predicate;
    }
}
