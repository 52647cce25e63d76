package io.hox.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hox.HoxException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Moments of whole numbers against sums of longs; small and large values take different ways and meet in a feature. */
class FeatureMomentsTest {
    private static final int FEATURES = 50;
    private static final int[] VALUES = {0, 1, 2, 63, 64, 65, 1_000, -5, Integer.MAX_VALUE};

    private final Random random = new Random(7);
    private final long[] count = new long[FEATURES];
    private final long[] sum = new long[FEATURES];
    private final double[] squares = new double[FEATURES];

    @Test
    void smallAndLargeValuesOfManyCells() {
        FeatureMoments moments = new FeatureMoments();
        for (int cell = 0; cell < 20_000; cell++) {
            addRandomCell(moments, 7, true);
        }
        check(moments, 20_000);
    }

    @Test
    void cellsWithRepeatedAndUnsortedFeatures() {
        FeatureMoments moments = new FeatureMoments();
        for (int cell = 0; cell < 5_000; cell++) {
            addRandomCell(moments, 7, cell % 3 == 0);
        }
        check(moments, 5_000);
    }

    @Test
    void theLargestSmallValueInEveryCell() {
        FeatureMoments moments = new FeatureMoments();
        for (int cell = 0; cell < 10_000; cell++) {
            add(moments, new int[] {3}, new int[] {63});
        }
        check(moments, 10_000);
    }

    @Test
    void statesThatWereSentAndMerged() {
        FeatureMoments merged = new FeatureMoments();
        for (int part = 0; part < 5; part++) {
            FeatureMoments moments = new FeatureMoments();
            for (int cell = 0; cell < 1_000; cell++) {
                addRandomCell(moments, 6, cell % 2 == 0);
            }
            merged.add(part % 2 == 0 ? moments : FeatureMoments.fromBytes(moments.toBytes()));
        }
        check(FeatureMoments.fromBytes(merged.toBytes()), 5_000);
    }

    @Test
    void featuresBeyondReasonAreRefused() {
        FeatureMoments moments = new FeatureMoments();
        assertThatThrownBy(() -> add(moments, new int[] {-1, 4}, new int[] {1, 1}))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("-1 is no feature index");
        assertThatThrownBy(() -> add(moments, new int[] {0, Integer.MAX_VALUE}, new int[] {1, 1}))
                .hasMessageContaining("2147483647 is no feature index");
    }

    /** @param values how many of {@link #VALUES} may occur */
    private void addRandomCell(FeatureMoments moments, int values, boolean ascending) {
        int[] features = new int[1 + random.nextInt(20)];
        int[] numbers = new int[features.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = ascending ? 2 * i + random.nextInt(2) : random.nextInt(FEATURES);
            numbers[i] = VALUES[random.nextInt(values)];
        }
        add(moments, features, numbers);
    }

    private void add(FeatureMoments moments, int[] features, int[] numbers) {
        NumberRange indices = new NumberRange(NumberRange.Kind.INT);
        indices.set(features, 0, features.length);
        NumberRange values = new NumberRange(NumberRange.Kind.INT);
        values.set(numbers, 0, numbers.length);
        moments.add(indices, values);
        for (int i = 0; i < features.length; i++) {
            count[features[i]] += numbers[i] == 0 ? 0 : 1;
            sum[features[i]] += numbers[i];
            squares[features[i]] += (double) numbers[i] * numbers[i];
        }
    }

    private void check(FeatureMoments moments, long cells) {
        assertThat(moments.cells()).isEqualTo(cells);
        for (int feature = 0; feature < moments.features(); feature++) {
            assertThat(moments.nonZeros(feature)).isEqualTo(count[feature]);
            if (count[feature] > 0) {
                assertThat(moments.sum(feature)).isEqualTo(sum[feature]);
                double mean = (double) sum[feature] / cells;
                double variance = (squares[feature] - sum[feature] * mean) / (cells - 1);
                assertThat(moments.variance(feature)).isCloseTo(variance, within(1e-9 * Math.max(1, variance)));
            }
        }
    }
}
