package io.hox.udfs;

import io.hox.HoxException;
import io.hox.spark.MeasuredFeature;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
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
        Map<Long, LogicalPlan> common = new HashMap<>();
        collectCommon(plan, common);
        return plan.resolveOperatorsUp(new AbstractPartialFunction<LogicalPlan, LogicalPlan>() {
            @Override
            public boolean isDefinedAt(LogicalPlan node) {
                return node.childrenResolved()
                        && JavaConverters.seqAsJavaList(node.expressions()).stream()
                                .anyMatch(expression -> expression.exists(HoxValueRule::isCall));
            }

            @Override
            public LogicalPlan apply(LogicalPlan node) {
                return node.transformExpressionsUp(replacement(node, common));
            }
        });
    }

    private static Object isCall(Expression expression) {
        return expression instanceof HoxValue value && value.childrenResolved();
    }

    private static AbstractPartialFunction<Expression, Expression> replacement(
            LogicalPlan node, Map<Long, LogicalPlan> common) {
        return new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(Expression expression) {
                return (Boolean) isCall(expression);
            }

            @Override
            public Expression apply(Expression expression) {
                HoxValue call = (HoxValue) expression;
                try {
                    return replace(call, node, common);
                } catch (HoxException e) {
                    return call.problem().equals(e.getMessage()) ? call : call.because(e.getMessage());
                }
            }
        };
    }

    private static Expression replace(HoxValue call, LogicalPlan node, Map<Long, LogicalPlan> common) {
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
        Source source = null;
        for (LogicalPlan child : JavaConverters.seqAsJavaList(node.children())) {
            source = source == null ? source(pointer, child, common) : source;
        }
        if (source == null) {
            throw new HoxException(arguments.get(0).sql() + " is not read from an atlas by this query, so its features"
                    + " have no names; call " + HoxValue.NAME + " before the cells are changed or written elsewhere");
        }
        MeasuredFeature feature = feature(source.table(), source.name(), arguments);
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

    /**
     * Where a column is read.
     *
     * @param name of the column there
     */
    private record Source(Table table, String name) {}

    /** Follows a column down through new names; null when it does not come from a table of cells as it is. */
    private static Source source(Attribute column, LogicalPlan plan, Map<Long, LogicalPlan> common) {
        if (plan instanceof DataSourceV2Relation relation) {
            boolean ours = MeasuredFeature.isCells(relation.table()) && position(column, relation) >= 0;
            return ours ? new Source(relation.table(), column.name()) : null;
        }
        if (plan instanceof CTERelationRef reference) {
            LogicalPlan definition = common.get(reference.cteId());
            int at = position(column, reference);
            return definition == null || at < 0
                    ? null
                    : source(definition.output().apply(at), definition, common);
        }
        if (plan instanceof Project project) {
            for (NamedExpression named : JavaConverters.seqAsJavaList(project.projectList())) {
                if (named instanceof Alias alias && alias.exprId().equals(column.exprId())) {
                    // Views cast their columns to what these were when the view was made.
                    Expression child = alias.child() instanceof Cast cast ? cast.child() : alias.child();
                    return child instanceof Attribute renamed ? source(renamed, project.child(), common) : null;
                }
            }
        }
        for (LogicalPlan child : JavaConverters.seqAsJavaList(plan.children())) {
            Source found = source(column, child, common);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static int position(Attribute column, LogicalPlan leaf) {
        for (int i = 0; i < leaf.output().length(); i++) {
            if (leaf.output().apply(i).exprId().equals(column.exprId())) {
                return i;
            }
        }
        return -1;
    }

    /** The plans of WITH clauses by their ids. */
    private static void collectCommon(LogicalPlan plan, Map<Long, LogicalPlan> into) {
        if (plan instanceof CTERelationDef definition) {
            into.put(definition.id(), definition.child());
        }
        JavaConverters.seqAsJavaList(plan.children()).forEach(child -> collectCommon(child, into));
    }
}
