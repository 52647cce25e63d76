package io.hox.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class LayerConversionTest {
    private static final BigDecimal LARGEST_UNSIGNED = BigDecimal.valueOf(0xFFFF_FFFFL);

    private static Values convert(Values values, DataType target) {
        return new LayerConversion("a.h5ad, matrix X,", "counts", target, "--layer X=log_normalized")
                .convert(values, entry -> "entry " + entry);
    }

    /** The number of one element, or null where it is none. */
    private static BigDecimal exact(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? null : new BigDecimal(value);
    }

    private static boolean fits(BigDecimal value, DataType target) {
        BigDecimal least = target == DataType.UINT32 ? BigDecimal.ZERO : BigDecimal.valueOf(Integer.MIN_VALUE);
        BigDecimal most = target == DataType.UINT32 ? LARGEST_UNSIGNED : BigDecimal.valueOf(Integer.MAX_VALUE);
        return value != null
                && value.compareTo(least) >= 0
                && value.compareTo(most) <= 0
                && value.remainder(BigDecimal.ONE).signum() == 0;
    }

    @Property
    void floatsBecomeTheSameWholeNumbersOrAreRefusedWithTheirPlace(
            @ForAll("numbers") double[] numbers, @ForAll("targets") DataType target) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
            numbers[i] = floats[i];
        }
        check(Values.of(DataType.FLOAT32, floats), numbers, target);
    }

    @Property
    void doublesBecomeTheSameWholeNumbersOrAreRefusedWithTheirPlace(
            @ForAll("numbers") double[] numbers, @ForAll("targets") DataType target) {
        check(Values.of(DataType.FLOAT64, numbers.clone()), numbers, target);
    }

    @Property
    void longsBecomeTheSameNumbersOrAreRefusedWithTheirPlace(
            @ForAll("numbers") double[] numbers, @ForAll("targets") DataType target) {
        long[] longs = new long[numbers.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (long) (numbers[i] % (1L << 40));
            numbers[i] = longs[i];
        }
        check(Values.of(DataType.INT64, longs), numbers, target);
    }

    @Property
    void intsBecomeTheSameNumbersOrAreRefusedWithTheirPlace(
            @ForAll int[] ints, @ForAll("targets") DataType target, @ForAll boolean unsigned) {
        double[] numbers = new double[ints.length];
        for (int i = 0; i < ints.length; i++) {
            numbers[i] = unsigned ? Integer.toUnsignedLong(ints[i]) : ints[i];
        }
        check(Values.of(unsigned ? DataType.UINT32 : DataType.INT32, ints.clone()), numbers, target);
    }

    private static void check(Values source, double[] numbers, DataType target) {
        for (int i = 0; i < numbers.length; i++) {
            if (!fits(exact(numbers[i]), target) && source.type() != target) {
                int first = i;
                assertThatThrownBy(() -> convert(source, target))
                        .isInstanceOf(HoxException.class)
                        .hasMessageStartingWith("a.h5ad, matrix X, holds ")
                        .hasMessageMatching("(?s).* at entry \\d+, .*--layer X=log_normalized.*")
                        .satisfies(e -> assertThat(entry(e)).isGreaterThanOrEqualTo(first));
                return;
            }
        }
        int[] converted = convert(source, target).ints();
        assertThat(converted).hasSameSizeAs(numbers);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(converted[i]).isEqualTo((int) (long) numbers[i]);
        }
    }

    private static int entry(Throwable refused) {
        return Integer.parseInt(refused.getMessage().replaceAll("(?s).* at entry (\\d+),.*", "$1"));
    }

    @Provide
    Arbitrary<double[]> numbers() {
        Arbitrary<Double> usual = Arbitraries.integers().between(0, 300).map(Integer::doubleValue);
        Arbitrary<Double> odd = Arbitraries.of(
                -0.0,
                0.5,
                -1.0,
                3.5,
                1e-30,
                8388607.5,
                16777216.0,
                2147483647.0,
                2147483648.0,
                4294967295.0,
                4294967296.0,
                -2147483648.0,
                1e19,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
        Arbitrary<Double> mixed = Arbitraries.frequencyOf(Tuple.of(60, usual), Tuple.of(1, odd));
        return mixed.array(double[].class).ofMaxSize(200);
    }

    @Provide
    Arbitrary<DataType> targets() {
        return Arbitraries.of(DataType.UINT32, DataType.INT32);
    }

    @Test
    void aFractionAmongCountsIsNamedWithItsPlace() {
        assertThatThrownBy(() -> convert(Values.of(DataType.FLOAT32, new float[] {1, 2, 3.5f}), DataType.UINT32))
                .isInstanceOf(HoxException.class)
                .hasMessage("a.h5ad, matrix X, holds 3.5 at entry 2, which is not a whole number of the range of layer"
                        + " counts (uint32). If these are normalised values, give them another layer:"
                        + " --layer X=log_normalized");
    }

    @Test
    void countsBeyondTheSignedRangeAreKept() {
        int[] counts = convert(Values.of(DataType.FLOAT64, new double[] {1, 4294967295.0}), DataType.UINT32)
                .ints();
        assertThat(counts).containsExactly(1, -1);
    }
}
