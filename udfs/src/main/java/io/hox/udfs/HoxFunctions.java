package io.hox.udfs;

import java.util.List;
import java.util.function.Function;
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
 * <p>{@code hox_value(layer, feature[, key])} is the value of one feature in each cell, as double: null where the cell was
 * not assayed, has no such layer, or its dataset did not measure the feature; 0 where it did and the cell holds none.
 * The layer is a child of a pointer column, the feature a global index or a name of the registry column {@code key}
 * (default: the read's option featureKey). Comparisons with a number are looked at before arrays are read: where a
 * group has a feature-major copy, the feature's column is all that is read of cells which the comparison leaves out.
 *
 * <pre>{@code
 * SELECT uid FROM cells WHERE hox_value(gene_expression.counts, 'CD3D', 'gene_name') > 0
 * }</pre>
 *
 * <p>The functions are there after {@link #register} or in sessions started with
 * {@code spark.sql.extensions=io.hox.udfs.HoxExtensions}. Only the latter have {@code hox_value}, and plan the aggregates
 * as {@code ColumnarPartialAggregate}, which reads the arrays where the scan decoded them; elsewhere Spark copies every
 * cell into a row first, which takes about as long as everything else together.
 * {@code spark.sql.hox.columnarAggregation.enabled=false} turns it off;
 * {@code spark.sql.hox.columnarAggregation.stateBytes} (such as {@code 256m}; a quarter of the heap by default, shared by
 * the tasks of an executor) bounds what the states of many groups take in a task.
 */
public final class HoxFunctions {
    private static final List<Entry> ALL = List.of(
            aggregate(new FeatureSum()),
            aggregate(new FeatureStats()),
            new Entry(HoxValue.NAME, HoxValue.class, HoxValue.USAGE, "misc_funcs", HoxValue::new));

    private HoxFunctions() {}

    /** A function as Spark's registry takes it. */
    record Entry(
            String name, Class<?> type, String usage, String group, Function<Seq<Expression>, Expression> constructor) {

        FunctionIdentifier identifier() {
            return new FunctionIdentifier(name);
        }

        ExpressionInfo info() {
            return new ExpressionInfo(type.getName(), "", name, usage, "", "", "", group, "", "", "java_udf");
        }

        Function1<Seq<Expression>, Expression> builder() {
            return new AbstractFunction1<>() {
                @Override
                public Expression apply(Seq<Expression> arguments) {
                    return constructor.apply(arguments);
                }
            };
        }
    }

    private static Entry aggregate(FeatureFunction function) {
        return new Entry(
                function.name(),
                function.getClass(),
                function.description(),
                "agg_funcs",
                arguments -> new BoundAggregate(function, arguments));
    }

    /** Makes the functions known to one session, in place of temporary functions of the same names. */
    public static void register(SparkSession spark) {
        FunctionRegistry registry = spark.sessionState().functionRegistry();
        for (Entry function : ALL) {
            registry.registerFunction(function.identifier(), function.info(), function.builder());
        }
    }

    static List<Entry> all() {
        return ALL;
    }
}
