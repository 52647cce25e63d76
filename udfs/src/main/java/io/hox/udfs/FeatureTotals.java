package io.hox.udfs;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One running total per feature. */
final class FeatureTotals implements Serializable {
    private static final long serialVersionUID = 1L;

    private final FeatureTable table;

    FeatureTotals() {
        this(new FeatureTable(1));
    }

    private FeatureTotals(FeatureTable table) {
        this.table = table;
    }

    void add(NumberRange indices, NumberRange values) {
        int[] features = indices.ints();
        int from = indices.from();
        double[] added = values.doubles();
        double[] sums = table.numbers();
        int known = table.features();
        int n = values.length();
        for (int i = 0; i < n; i++) {
            int feature = features[from + i];
            if (feature < 0 || feature >= known) {
                sums = table.include(feature, FeatureSum.NAME);
                known = table.features();
            }
            sums[feature] += added[i];
        }
    }

    void add(FeatureTotals other) {
        int n = other.table.features();
        double[] added = other.table.numbers();
        double[] sums = n == 0 ? added : table.include(n - 1, FeatureSum.NAME);
        for (int i = 0; i < n; i++) {
            sums[i] += added[i];
        }
    }

    /** The totals of features 0 to the highest one seen. */
    double[] toArray() {
        return Arrays.copyOf(table.numbers(), table.features());
    }

    long bytes() {
        return table.bytes();
    }

    byte[] toBytes() {
        return table.toBytes();
    }

    static FeatureTotals fromBytes(byte[] bytes) {
        return new FeatureTotals(FeatureTable.fromBytes(ByteBuffer.wrap(bytes), 1));
    }
}
