package io.hox.udfs;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.Partial$;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.ObjectHashAggregateExec;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.runtime.AbstractPartialFunction;

/**
 * Plans the partial aggregation of hox's functions straight over the columns of a scan, where Spark would turn each cell
 * into a row. To be applied before Spark puts transitions between columns and rows.
 */
final class ColumnarAggregation extends Rule<SparkPlan> {
    /** Whether a session plans aggregations this way; true by default. */
    static final String ENABLED = "spark.sql.hox.columnarAggregation.enabled";

    /** Bytes that the states of a task may take; by default after the size of the heap. */
    static final String STATE_BYTES = "spark.sql.hox.columnarAggregation.stateBytes";

    @Override
    public SparkPlan apply(SparkPlan plan) {
        if (!Boolean.parseBoolean(conf().getConfString(ENABLED, "true"))) {
            return plan;
        }
        return plan.transformUp(new AbstractPartialFunction<SparkPlan, SparkPlan>() {
            @Override
            public boolean isDefinedAt(SparkPlan node) {
                return node instanceof ObjectHashAggregateExec;
            }

            @Override
            public SparkPlan apply(SparkPlan node) {
                ObjectHashAggregateExec aggregate = (ObjectHashAggregateExec) node;
                ColumnarInput input =
                        isPartial(aggregate) ? ColumnarInput.of(aggregate.child(), uses(aggregate)) : null;
                return input == null ? aggregate : replace(aggregate, input);
            }
        });
    }

    // States of other imperative functions may grow with the number of cells, which nobody would notice here.
    private static boolean isPartial(ObjectHashAggregateExec aggregate) {
        boolean ours = false;
        for (AggregateExpression expression : JavaConverters.seqAsJavaList(aggregate.aggregateExpressions())) {
            AggregateFunction function = expression.aggregateFunction();
            if (!expression.mode().equals(Partial$.MODULE$)
                    || expression.isDistinct()
                    || !(function instanceof BoundAggregate || function instanceof DeclarativeAggregate)) {
                return false;
            }
            ours |= function instanceof BoundAggregate;
        }
        return ours && !aggregate.isStreaming();
    }

    private static List<Expression> uses(ObjectHashAggregateExec aggregate) {
        List<Expression> uses = new ArrayList<>();
        JavaConverters.seqAsJavaList(aggregate.groupingExpressions()).forEach(key -> uses.add((Expression) key));
        uses.addAll(JavaConverters.seqAsJavaList(aggregate.aggregateExpressions()));
        return uses;
    }

    private static SparkPlan replace(ObjectHashAggregateExec aggregate, ColumnarInput input) {
        List<NamedExpression> keys = new ArrayList<>();
        for (NamedExpression key : JavaConverters.seqAsJavaList(aggregate.groupingExpressions())) {
            keys.add(named(key, input));
        }
        List<AggregateExpression> functions = new ArrayList<>();
        for (AggregateExpression function : JavaConverters.seqAsJavaList(aggregate.aggregateExpressions())) {
            functions.add((AggregateExpression) input.inScan(function));
        }
        return new ColumnarPartialAggregateExec(
                seq(keys), seq(functions), seq(input.filters()), aggregate.output(), input.scan());
    }

    /** A key in terms of the scan's columns, under the id that operators above know. */
    private static NamedExpression named(NamedExpression key, ColumnarInput input) {
        Expression inScan = input.inScan((Expression) key);
        return inScan instanceof Alias alias && alias.exprId().equals(key.exprId()) || inScan.equals(key)
                ? (NamedExpression) inScan
                : new Alias(inScan, key.name(), key.exprId(), key.qualifier(), scala.Option.empty(), seq(List.of()));
    }

    private static <T> Seq<T> seq(List<T> list) {
        return JavaConverters.asScalaBuffer(list).toList();
    }
}
