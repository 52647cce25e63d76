package io.hox.udfs;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
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
 * <p>The functions are there after {@link #register} or in sessions started with
 * {@code spark.sql.extensions=io.hox.udfs.HoxExtensions}.
 */
public final class HoxFunctions {
    private static final UnboundFunction[] ALL = {new FeatureSum()};

    private HoxFunctions() {}

    /** Makes the functions known to one session, in place of temporary functions of the same names. */
    public static void register(SparkSession spark) {
        FunctionRegistry registry = spark.sessionState().functionRegistry();
        for (UnboundFunction function : ALL) {
            registry.registerFunction(new FunctionIdentifier(function.name()), info(function), builder(function));
        }
    }

    static UnboundFunction[] all() {
        return ALL.clone();
    }

    static ExpressionInfo info(UnboundFunction function) {
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

    static Function1<Seq<Expression>, Expression> builder(UnboundFunction function) {
        return new AbstractFunction1<>() {
            @Override
            public Expression apply(Seq<Expression> arguments) {
                return new BoundAggregate(function, arguments);
            }
        };
    }
}
