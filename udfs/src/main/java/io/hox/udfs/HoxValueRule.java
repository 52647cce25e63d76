package io.hox.udfs;

import io.hox.HoxException;
import io.hox.spark.MeasuredFeature;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.collection.JavaConverters;
import scala.runtime.AbstractPartialFunction;

/** Finds the feature that a {@link HoxValue} names in the atlas that its layer is read from. */
final class HoxValueRule extends Rule<LogicalPlan> {

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
        return plan.resolveOperatorsUp(new AbstractPartialFunction<LogicalPlan, LogicalPlan>() {
            @Override
            public boolean isDefinedAt(LogicalPlan node) {
                return node.childrenResolved()
                        && JavaConverters.seqAsJavaList(node.expressions()).stream()
                                .anyMatch(expression -> expression.exists(HoxValueRule::isCall));
            }

            @Override
            public LogicalPlan apply(LogicalPlan node) {
                return node.transformExpressionsUp(replacement(node));
            }
        });
    }

    private static Object isCall(Expression expression) {
        return expression instanceof HoxValue value && value.childrenResolved();
    }

    private static AbstractPartialFunction<Expression, Expression> replacement(LogicalPlan node) {
        return new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(Expression expression) {
                return (Boolean) isCall(expression);
            }

            @Override
            public Expression apply(Expression expression) {
                HoxValue call = (HoxValue) expression;
                try {
                    return replace(call, node);
                } catch (HoxException e) {
                    return call.problem().equals(e.getMessage()) ? call : call.because(e.getMessage());
                }
            }
        };
    }

    private static Expression replace(HoxValue call, LogicalPlan node) {
        List<Expression> arguments = JavaConverters.seqAsJavaList(call.children());
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw new HoxException("takes a layer, a feature and maybe the registry column that names it, but got "
                    + arguments.size() + " arguments");
        }
        if (!(arguments.get(0) instanceof GetStructField layer)
                || !(layer.child() instanceof Attribute pointer)
                || !(pointer.dataType() instanceof StructType struct)
                || !List.of(struct.fieldNames()).containsAll(List.of("zarr_group", "indices"))
                || !(layer.dataType() instanceof ArrayType type)
                || NumberRange.Kind.of(type) == null
                || layer.childSchema().fieldNames()[layer.ordinal()].equals("indices")) {
            throw new HoxException("the first argument must be a layer, such as gene_expression.counts, and not "
                    + arguments.get(0).sql());
        }
        Attribute origin = origin(pointer, node);
        Table table = table(origin, node);
        if (table == null) {
            throw new HoxException(arguments.get(0).sql() + " is not read from an atlas by this query, so its features"
                    + " have no names; call " + HoxValue.NAME + " before the cells are changed or written elsewhere");
        }
        MeasuredFeature feature = feature(table, origin.name(), arguments);
        return new ApplyFunctionExpression(
                new FeatureValue(feature, type),
                JavaConverters.asScalaBuffer(List.<Expression>of(
                                child(pointer, struct, "zarr_group"), child(pointer, struct, "indices"), layer))
                        .toList());
    }

    private static MeasuredFeature feature(Table table, String pointer, List<Expression> arguments) {
        Object name = constant(arguments.get(1));
        Object key = arguments.size() < 3 ? null : constant(arguments.get(2));
        if (name instanceof Integer index && key == null) {
            return MeasuredFeature.byIndex(table, pointer, index);
        }
        if (name instanceof Long index && key == null) {
            return MeasuredFeature.byIndex(table, pointer, (int) Math.max(-1, Math.min(Integer.MAX_VALUE, index)));
        }
        if (name instanceof UTF8String text && (key == null || key instanceof UTF8String)) {
            return MeasuredFeature.byName(table, pointer, text.toString(), key == null ? null : key.toString());
        }
        throw new HoxException("the feature must be a name or a global index, and the column that names it a name; not "
                + arguments.get(1).sql()
                + (key == null ? "" : " and " + arguments.get(2).sql()));
    }

    private static Object constant(Expression expression) {
        if (!expression.foldable()) {
            throw new HoxException("the feature must be the same for all cells, but is " + expression.sql());
        }
        return expression instanceof Literal literal ? literal.value() : expression.eval(null);
    }

    private static GetStructField child(Attribute pointer, StructType struct, String name) {
        return new GetStructField(pointer, struct.fieldIndex(name), Option.apply(name));
    }

    /** The column that projections below the node have renamed. */
    private static Attribute origin(Attribute attribute, LogicalPlan node) {
        for (LogicalPlan below : JavaConverters.seqAsJavaList(node.children())) {
            if (below instanceof Project project) {
                for (NamedExpression named : JavaConverters.seqAsJavaList(project.projectList())) {
                    if (named instanceof Alias alias
                            && alias.exprId().equals(attribute.exprId())
                            && alias.child() instanceof Attribute renamed) {
                        return origin(renamed, below);
                    }
                }
            }
            Attribute found = origin(attribute, below);
            if (found != attribute) {
                return found;
            }
        }
        return attribute;
    }

    /** The table of cells with the column; null when none is. */
    private static Table table(Attribute column, LogicalPlan node) {
        for (LogicalPlan leaf : JavaConverters.seqAsJavaList(node.collectLeaves())) {
            if (leaf instanceof DataSourceV2Relation relation && MeasuredFeature.isCells(relation.table())) {
                for (Attribute output : JavaConverters.seqAsJavaList(relation.output())) {
                    if (output.exprId().equals(column.exprId())) {
                        return relation.table();
                    }
                }
            }
        }
        return null;
    }
}
