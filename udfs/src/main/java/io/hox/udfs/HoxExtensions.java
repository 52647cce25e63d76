package io.hox.udfs;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.ColumnarRule;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Tuple3;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * For {@code spark.sql.extensions}: every session has the {@link HoxFunctions}, also those of Spark Connect, and
 * aggregates with them straight over the columns of a scan.
 */
public final class HoxExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        for (HoxFunctions.Entry function : HoxFunctions.all()) {
            extensions.injectFunction(new Tuple3<>(function.identifier(), function.info(), function.builder()));
        }
        extensions.injectResolutionRule(new AbstractFunction1<>() {
            @Override
            public Rule<LogicalPlan> apply(SparkSession session) {
                return new HoxValueRule();
            }
        });
        // Adaptive plans show what they will execute when the rule comes before their stages are made.
        extensions.injectQueryStagePrepRule(new AbstractFunction1<>() {
            @Override
            public Rule<SparkPlan> apply(SparkSession session) {
                return new ColumnarAggregation();
            }
        });
        extensions.injectColumnar(new AbstractFunction1<>() {
            @Override
            public ColumnarRule apply(SparkSession session) {
                return new ColumnarRule() {
                    @Override
                    public Rule<SparkPlan> preColumnarTransitions() {
                        return new ColumnarAggregation();
                    }
                };
            }
        });
        return BoxedUnit.UNIT;
    }
}
