package io.hox.udfs;

import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.execution.ColumnarToRowTransition;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import scala.Tuple2;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.immutable.Map;
import scala.reflect.ClassTag$;

/**
 * Updates the states of aggregates from the batches of a scan, without making a row of each cell, and returns them in
 * the form that Spark's own final aggregation merges. States of many groups that take more memory than there is for them
 * are returned early, more than one for a group then. Public because Spark copies operators through their constructor.
 */
public final class ColumnarPartialAggregateExec extends SparkPlan implements ColumnarToRowTransition {
    static final String OUTPUT_ROWS = "numOutputRows";
    static final String INPUT_ROWS = "numInputRows";
    static final String INPUT_BATCHES = "numInputBatches";
    static final String EARLY = "numEarly";
    static final String TIME = "aggTime";

    private static final long serialVersionUID = 1L;

    private final Seq<NamedExpression> keys;
    private final Seq<AggregateExpression> functions;
    private final Seq<Expression> filters;
    private final Seq<Attribute> output;
    private final SparkPlan child;
    private transient Map<String, SQLMetric> metrics;

    /**
     * @param keys group columns over the child's
     * @param functions partial, not distinct
     * @param filters rows to look at: those for which all are true
     * @param output the keys' attributes, then those of the states
     * @param child supports columnar execution
     */
    public ColumnarPartialAggregateExec(
            Seq<NamedExpression> keys,
            Seq<AggregateExpression> functions,
            Seq<Expression> filters,
            Seq<Attribute> output,
            SparkPlan child) {
        this.keys = keys;
        this.functions = functions;
        this.filters = filters;
        this.output = output;
        this.child = child;
    }

    @Override
    public SparkPlan child() {
        return child;
    }

    @Override
    public Seq<SparkPlan> children() {
        return JavaConverters.asScalaBuffer(List.of(child)).toList();
    }

    @Override
    public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
        return withNewChildInternal(newChildren.apply(0));
    }

    @Override
    public SparkPlan withNewChildInternal(SparkPlan newChild) {
        return new ColumnarPartialAggregateExec(keys, functions, filters, output, newChild);
    }

    @Override
    public Seq<Attribute> output() {
        return output;
    }

    @Override
    public AttributeSet producedAttributes() {
        return outputSet();
    }

    @Override
    public Partitioning outputPartitioning() {
        Partitioning partitioning = child.outputPartitioning();
        return partitioning instanceof SinglePartition$
                ? partitioning
                : new UnknownPartitioning(partitioning.numPartitions());
    }

    @Override
    public synchronized Map<String, SQLMetric> metrics() {
        if (metrics == null) {
            SparkContext context = sparkContext();
            java.util.Map<String, SQLMetric> all = new java.util.LinkedHashMap<>();
            all.put(OUTPUT_ROWS, SQLMetrics.createMetric(context, "number of output rows"));
            all.put(INPUT_ROWS, SQLMetrics.createMetric(context, "number of input rows"));
            all.put(INPUT_BATCHES, SQLMetrics.createMetric(context, "number of input batches"));
            all.put(EARLY, SQLMetrics.createMetric(context, "times states were returned early"));
            all.put(TIME, SQLMetrics.createTimingMetric(context, "time in aggregation build", -1));
            metrics = immutable(all);
        }
        return metrics;
    }

    private static Map<String, SQLMetric> immutable(java.util.Map<String, SQLMetric> metrics) {
        return JavaConverters.mapAsScalaMap(metrics)
                .toMap(scala.Predef$.MODULE$.<Tuple2<String, SQLMetric>>$conforms());
    }

    @Override
    public RDD<InternalRow> doExecute() {
        String stateBytes = conf().getConfString(ColumnarAggregation.STATE_BYTES, null);
        PartialAggregation task =
                new PartialAggregation(keys, functions, filters, output, child.output(), stateBytes, metrics());
        return child.executeColumnar()
                .mapPartitionsWithIndex(task, false, ClassTag$.MODULE$.<InternalRow>apply(InternalRow.class));
    }

    @Override
    public String simpleString(int maxFields) {
        return nodeName() + "(keys=" + text(keys) + ", functions=" + text(functions)
                + (filters.isEmpty() ? "" : ", filters=" + text(filters)) + ", output=" + text(output) + ")";
    }

    private static String text(Seq<?> expressions) {
        return expressions.mkString("[", ", ", "]");
    }

    @Override
    public int productArity() {
        return 5;
    }

    @Override
    public Object productElement(int n) {
        return switch (n) {
            case 0 -> keys;
            case 1 -> functions;
            case 2 -> filters;
            case 3 -> output;
            case 4 -> child;
            default -> throw new IndexOutOfBoundsException(n);
        };
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof ColumnarPartialAggregateExec;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ColumnarPartialAggregateExec that
                && keys.equals(that.keys)
                && functions.equals(that.functions)
                && filters.equals(that.filters)
                && output.equals(that.output)
                && child.equals(that.child);
    }

    @Override
    public int hashCode() {
        return Objects.hash(keys, functions, filters, output, child);
    }
}
