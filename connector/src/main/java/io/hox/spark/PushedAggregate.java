package io.hox.spark;

import io.hox.lance.LanceAggregate;
import io.hox.lance.LanceAggregate.Function;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * An aggregation that Lance does as Spark would.
 *
 * @param lance what to ask for
 * @param schema the result: keys, then measures
 */
record PushedAggregate(LanceAggregate lance, StructType schema) {

    /**
     * Translates keys and functions over columns of cell metadata. Floating-point numbers stay with Spark, to which both
     * zeros are one and NaN is one and the greatest value; so does everything computed.
     *
     * @return null when any part of it can't be done with the same result
     */
    static PushedAggregate of(Aggregation aggregation, CellSchema cells) {
        List<String> keys = new ArrayList<>();
        List<LanceAggregate.Measure> measures = new ArrayList<>();
        List<StructField> fields = new ArrayList<>();
        for (Expression key : aggregation.groupByExpressions()) {
            FilterColumn column = column(key, cells);
            if (column == null || !LanceLiterals.comparesAsInSpark(column)) {
                return null;
            }
            keys.add(column.arrow().getName());
            fields.add(DataTypes.createStructField(column.arrow().getName(), column.type(), true));
        }
        for (AggregateFunc function : aggregation.aggregateExpressions()) {
            LanceAggregate.Measure measure = measure(function, cells);
            if (measure == null) {
                return null;
            }
            measures.add(measure);
            boolean count = measure.function() == Function.COUNT;
            fields.add(DataTypes.createStructField(
                    function.describe(),
                    count
                            ? DataTypes.LongType
                            : column(function.children()[0], cells).type(),
                    !count));
        }
        return new PushedAggregate(new LanceAggregate(keys, measures), DataTypes.createStructType(fields));
    }

    private static LanceAggregate.Measure measure(AggregateFunc function, CellSchema cells) {
        if (function instanceof CountStar) {
            return new LanceAggregate.Measure(Function.COUNT, null);
        }
        if (function instanceof Count count) {
            return count.isDistinct() ? null : measure(Function.COUNT, count.column(), cells);
        }
        if (function instanceof Min min) {
            return measure(Function.MIN, min.column(), cells);
        }
        return function instanceof Max max ? measure(Function.MAX, max.column(), cells) : null;
    }

    private static LanceAggregate.Measure measure(Function function, Expression argument, CellSchema cells) {
        FilterColumn column = column(argument, cells);
        if (column == null) {
            return null;
        }
        boolean possible = function == Function.COUNT
                ? column.type() instanceof AtomicType
                : LanceLiterals.comparesAsInSpark(column);
        return !possible
                ? null
                : new LanceAggregate.Measure(function, column.arrow().getName());
    }

    private static FilterColumn column(Expression expression, CellSchema cells) {
        return expression instanceof NamedReference reference ? cells.topLevelColumn(reference.fieldNames()) : null;
    }

    /** Whether it is nothing but the number of rows. */
    boolean countsRows() {
        return lance.keys().isEmpty()
                && lance.measures().stream()
                        .allMatch(measure -> measure.function() == Function.COUNT && measure.column() == null);
    }

    @Override
    public String toString() {
        int keys = lance.keys().size();
        List<String> names = List.of(schema.fieldNames());
        String functions = "aggregates: " + String.join(", ", names.subList(keys, names.size()));
        return keys == 0 ? functions : functions + " by " + String.join(", ", names.subList(0, keys));
    }
}
