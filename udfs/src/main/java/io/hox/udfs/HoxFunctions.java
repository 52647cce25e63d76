package io.hox.udfs;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Function1;
import scala.collection.Seq;
import scala.runtime.AbstractFunction1;

/**
 * The SQL functions of hox.
 *
 * <p>{@code hox_feature_sum(indices, values)} is an aggregate: per feature, the sum of its values over the cells of a
 * group. {@code indices} is the {@code array<int>} of a pointer column, {@code values} one of its layers, an array of
 * any whole or floating point type. The result is an {@code array<double>} whose element {@code i} belongs to global
 * index {@code i}; its length is the highest index that occurs plus one, features in between that no cell holds are
 * 0, and over no cells it is empty. Cells where either argument is null, and single entries that are null, are ignored.
 * Sums of whole numbers are exact up to 2<sup>53</sup>. The state has one number per feature, for any number of cells.
 *
 * <pre>{@code
 * SELECT cell_type, hox_feature_sum(gene_expression.indices, gene_expression.counts) AS counts
 * FROM cells GROUP BY cell_type
 * }</pre>
 *
 * <p>{@code hox_feature_stats(indices, values)} is an aggregate over the same arguments. The result is an array of
 * structs, to be made rows by {@code inline}: one for every feature that is not zero in some cell, ascending by
 * {@code global_index}, with {@code n_cells} (cells where neither argument is null: the same for all features),
 * {@code nnz} (cells where the feature is not zero), {@code sum}, {@code mean} (over {@code n_cells}: cells that don't
 * hold the feature count as zero) and {@code variance} (of the sample, divided by {@code n_cells - 1}; null for one
 * cell). A feature that is missing from the result was zero in all cells or not measured; the features of the atlas
 * ({@code axis=features}) tell which. Sums of whole numbers and of their squares are exact up to 2<sup>53</sup>, and
 * the result then doesn't depend on how cells were spread over tasks.
 *
 * <pre>{@code
 * SELECT cell_type, inline(hox_feature_stats(gene_expression.indices, gene_expression.counts))
 * FROM cells GROUP BY cell_type
 * }</pre>
 *
 * <p>The functions are there after {@link #register} or in sessions started with
 * {@code spark.sql.extensions=io.hox.udfs.HoxExtensions}. Only the latter plan the aggregates as
 * {@code ColumnarPartialAggregate}, which reads the arrays where the scan decoded them; elsewhere Spark copies every
 * cell into a row first, which takes about as long as everything else together. {@code spark.sql.hox.columnarAggregation.enabled=false}
 * turns it off; {@code spark.sql.hox.columnarAggregation.stateBytes} (such as {@code 256m}; a quarter of the heap by
 * default, shared by the tasks of an executor) bounds what the states of many groups take in a task.
 */
public final class HoxFunctions {
    private static final FeatureFunction[] ALL = {new FeatureSum(), new FeatureStats()};

    private HoxFunctions() {}

    /** Makes the functions known to one session, in place of temporary functions of the same names. */
    public static void register(SparkSession spark) {
        FunctionRegistry registry = spark.sessionState().functionRegistry();
        for (FeatureFunction function : ALL) {
            registry.registerFunction(new FunctionIdentifier(function.name()), info(function), builder(function));
        }
    }

    static FeatureFunction[] all() {
        return ALL.clone();
    }

    static ExpressionInfo info(FeatureFunction function) {
        return new ExpressionInfo(
                function.getClass().getName(),
                "",
                function.name(),
                function.description(),
                "",
                "",
                "",
                "agg_funcs",
                "",
                "",
                "java_udf");
    }

    static Function1<Seq<Expression>, Expression> builder(FeatureFunction function) {
        return new AbstractFunction1<>() {
            @Override
            public Expression apply(Seq<Expression> arguments) {
                return new BoundAggregate(function, arguments);
            }
        };
    }
}
