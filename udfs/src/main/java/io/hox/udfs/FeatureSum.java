package io.hox.udfs;

import org.apache.spark.sql.types.ArrayType;

/** {@code hox_feature_sum(indices, values)}; see {@link HoxFunctions}. */
final class FeatureSum extends FeatureFunction {
    static final String NAME = "hox_feature_sum";

    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return NAME + "(indices array<int>, values array<number>) - The sum of the values of every feature over the"
                + " cells, as array<double> indexed by feature index. Cells with a null argument are ignored.";
    }

    @Override
    FeatureSumAggregate bind(ArrayType indices, ArrayType values) {
        return new FeatureSumAggregate(indices, values);
    }
}
