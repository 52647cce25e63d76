package io.hox.udfs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.UnionExec;
import scala.collection.JavaConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Operators below an aggregate that can be seen as one scan of columns with filters: projections and filters in any
 * order, as long as no computed column would have to be computed more than once.
 *
 * @param scan supports columnar execution
 * @param filters over the scan's columns, all to be true
 * @param definitions what the attributes above the scan stand for, in the scan's columns
 */
record ColumnarInput(SparkPlan scan, List<Expression> filters, Map<ExprId, Expression> definitions) {

    /**
     * Null when the plan is not of that kind.
     *
     * @param uses the expressions that are evaluated over the plan's rows
     */
    static ColumnarInput of(SparkPlan plan, List<Expression> uses) {
        if (isColumnar(plan)) {
            return new ColumnarInput(plan, List.of(), Map.of());
        }
        List<Expression> all = new ArrayList<>(uses);
        if (plan instanceof FilterExec filter && filter.condition().deterministic()) {
            all.add(filter.condition());
            ColumnarInput below = of(filter.child(), all);
            return below == null ? null : below.withFilter(filter.condition());
        }
        if (plan instanceof ProjectExec project && canBeInlined(project, uses)) {
            for (NamedExpression named : JavaConverters.seqAsJavaList(project.projectList())) {
                if (named instanceof Alias alias) {
                    all.add(alias.child());
                }
            }
            ColumnarInput below = of(project.child(), all);
            return below == null ? null : below.withProject(project);
        }
        return null;
    }

    private static boolean canBeInlined(ProjectExec project, List<Expression> uses) {
        for (NamedExpression named : JavaConverters.seqAsJavaList(project.projectList())) {
            if (named instanceof Alias alias && !isReference(alias.child())) {
                long times = 0;
                for (Expression use : uses) {
                    times += JavaConverters.seqAsJavaList(use.collectLeaves()).stream()
                            .filter(leaf -> leaf instanceof Attribute attribute
                                    && attribute.exprId().equals(alias.exprId()))
                            .count();
                }
                if (times > 1 || !alias.deterministic()) {
                    return false;
                }
            }
        }
        return true;
    }

    // Transitions are not inserted below the aggregate: nothing under the scan may need one.
    private static boolean isColumnar(SparkPlan plan) {
        if (!plan.supportsColumnar()) {
            return false;
        }
        return plan.children().isEmpty()
                || plan instanceof UnionExec
                        && JavaConverters.seqAsJavaList(plan.children()).stream()
                                .allMatch(ColumnarInput::isColumnar);
    }

    /** The expression in terms of the scan's columns. */
    Expression inScan(Expression expression) {
        return expression.transformUp(new AbstractPartialFunction<Expression, Expression>() {
            @Override
            public boolean isDefinedAt(Expression part) {
                return part instanceof Attribute attribute && definitions.containsKey(attribute.exprId());
            }

            @Override
            public Expression apply(Expression part) {
                return definitions.get(((Attribute) part).exprId());
            }
        });
    }

    private ColumnarInput withFilter(Expression condition) {
        List<Expression> all = new ArrayList<>(filters);
        all.add(inScan(condition));
        return new ColumnarInput(scan, all, definitions);
    }

    private ColumnarInput withProject(ProjectExec project) {
        Map<ExprId, Expression> all = new HashMap<>(definitions);
        for (NamedExpression named : JavaConverters.seqAsJavaList(project.projectList())) {
            if (named instanceof Alias alias) {
                all.put(alias.exprId(), inScan(alias.child()));
            }
        }
        return new ColumnarInput(scan, filters, all);
    }

    private static boolean isReference(Expression expression) {
        return expression instanceof Attribute
                || expression instanceof Literal
                || expression instanceof GetStructField field && isReference(field.child());
    }
}
