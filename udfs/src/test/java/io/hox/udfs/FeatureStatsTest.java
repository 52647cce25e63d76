package io.hox.udfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Statistics from states that were made apart, sent and merged are those of all values at once. */
class FeatureStatsTest {
    private static final int FEATURES = 60;

    private final FeatureStatsAggregate function =
            new FeatureStatsAggregate(array(DataTypes.IntegerType), array(DataTypes.DoubleType));

    @Property(tries = 200)
    void areTheSameHoweverCellsWereSpread(
            @ForAll("cells") List<double[]> cells, @ForAll @IntRange(min = 1, max = 7) int parts, @ForAll long seed) {
        List<double[]> shuffled = new ArrayList<>(cells);
        Collections.shuffle(shuffled, new Random(seed));

        // Whole numbers: bit by bit.
        assertThat(stats(aggregate(shuffled, parts)).toString())
                .isEqualTo(stats(aggregate(cells, 1)).toString());
    }

    @Property(tries = 200)
    void areThoseOfTheDefinition(@ForAll("cells") List<double[]> cells, @ForAll("offsets") double offset) {
        List<double[]> moved = cells.stream()
                .map(cell -> Arrays.stream(cell)
                        .map(value -> value == 0 ? 0 : value + offset)
                        .toArray())
                .toList();

        TreeMap<Integer, Stats> stats = stats(aggregate(moved, 3));

        for (int feature = 0; feature < FEATURES; feature++) {
            int column = feature;
            double[] values = moved.stream().mapToDouble(cell -> cell[column]).toArray();
            long nonZeros = Arrays.stream(values).filter(value -> value != 0).count();
            if (nonZeros == 0) {
                assertThat(stats).doesNotContainKey(feature);
                continue;
            }
            Stats actual = stats.get(feature);
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values)
                    .map(value -> (value - mean) * (value - mean))
                    .sum();
            assertThat(actual.cells()).isEqualTo(values.length);
            assertThat(actual.nonZeros()).isEqualTo(nonZeros);
            assertThat(actual.sum())
                    .isCloseTo(Arrays.stream(values).sum(), within(1e-12 * Math.abs(mean) * values.length));
            assertThat(actual.mean()).isCloseTo(mean, within(1e-12 * Math.abs(mean)));
            if (values.length == 1) {
                assertThat(actual.variance()).isNull();
            } else {
                double expected = squares / (values.length - 1);
                assertThat(actual.variance()).isCloseTo(expected, within(1e-9 * expected + 1e-300));
            }
        }
    }

    @Provide
    Arbitrary<List<double[]>> cells() {
        Arbitrary<Double> value = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(0.0)),
                Tuple.of(2, Arbitraries.integers().between(-50, 3000).map(Integer::doubleValue)));
        return value.array(double[].class).ofSize(FEATURES).list().ofMinSize(1).ofMaxSize(40);
    }

    // Squares of the largest would lose all digits of the variance.
    @Provide
    Arbitrary<Double> offsets() {
        return Arbitraries.of(0.0, 0.125, 1e9 + 0.5);
    }

    private record Stats(long cells, long nonZeros, double sum, double mean, Double variance) {}

    private FeatureMoments aggregate(List<double[]> cells, int parts) {
        FeatureMoments all = function.newAggregationState();
        for (int part = 0; part < parts; part++) {
            FeatureMoments state = function.newAggregationState();
            for (int i = part; i < cells.size(); i += parts) {
                state = function.update(state, row(cells.get(i)));
            }
            all = function.merge(all, function.fromBytes(function.toBytes(state)));
        }
        return all;
    }

    private static InternalRow row(double[] cell) {
        int[] indices = IntStream.range(0, cell.length)
                .filter(i -> cell[i] != 0 || i % 7 == 0)
                .toArray();
        double[] values = Arrays.stream(indices).mapToDouble(i -> cell[i]).toArray();
        return new GenericInternalRow(new Object[] {ArrayData.toArrayData(indices), ArrayData.toArrayData(values)});
    }

    private TreeMap<Integer, Stats> stats(FeatureMoments moments) {
        TreeMap<Integer, Stats> stats = new TreeMap<>();
        ArrayData result = function.produceResult(moments);
        for (int i = 0; i < result.numElements(); i++) {
            InternalRow row = result.getStruct(i, 6);
            Double variance = row.isNullAt(5) ? null : row.getDouble(5);
            stats.put(
                    row.getInt(0),
                    new Stats(row.getLong(1), row.getLong(2), row.getDouble(3), row.getDouble(4), variance));
        }
        assertThat(stats).hasSize(result.numElements());
        return stats;
    }

    private static ArrayType array(DataType elements) {
        return DataTypes.createArrayType(elements, false);
    }
}
