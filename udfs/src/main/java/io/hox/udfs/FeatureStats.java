package io.hox.udfs;

import org.apache.spark.sql.types.ArrayType;

/** {@code hox_feature_stats(indices, values)}; see {@link HoxFunctions}. */
final class FeatureStats extends FeatureFunction {
    static final String NAME = "hox_feature_stats";

    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return NAME + "(indices array<int>, values array<number>) - For every feature that is not zero in some cell:"
                + " global_index, n_cells, nnz, sum, mean and variance (sample) over all cells, zeros included, as"
                + " array of structs. Cells with a null argument are ignored.";
    }

    @Override
    FeatureStatsAggregate bind(ArrayType indices, ArrayType values) {
        return new FeatureStatsAggregate(indices, values);
    }
}
