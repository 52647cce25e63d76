package io.hox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RangePlanTest {
    private static final int MIB = 1 << 20;

    @Test
    void rangesAtMostAMebibyteApartShareARequest() {
        RangePlan plan = RangePlan.of(ranges(0, 100, 100 + MIB, 50));
        assertThat(plan.count()).isEqualTo(1);
        assertThat(plan.offset(0)).isZero();
        assertThat(plan.length(0)).isEqualTo(150 + MIB);
        assertThat(plan.wasted(0)).isEqualTo(MIB);
    }

    @Test
    void rangesFurtherApartDoNot() {
        assertThat(RangePlan.of(ranges(0, 100, 101 + MIB, 50)).count()).isEqualTo(2);
    }

    @Test
    void requestsEndAtSixteenMebibytes() {
        RangePlan plan = RangePlan.of(ranges(0, 8 * MIB, 8 * MIB, 8 * MIB, 16 * MIB, 1));
        assertThat(plan.count()).isEqualTo(2);
        assertThat(plan.length(0)).isEqualTo(16 * MIB);
        assertThat(plan.length(1)).isEqualTo(1);
    }

    @Test
    void aRangeBeyondTheCapIsOneRequestAndTakesInWhatLiesInside() {
        RangePlan plan = RangePlan.of(ranges(5 * MIB, 10, 0, 40 * MIB, 40 * MIB - 10, 10));
        assertThat(plan.count()).isEqualTo(1);
        assertThat(plan.length(0)).isEqualTo(40 * MIB);
        assertThat(plan.wasted(0)).isZero();
    }

    @Test
    void nothingNeedsNoRequest() {
        assertThat(RangePlan.of(new ByteRange[0]).count()).isZero();
    }

    @Property(tries = 300)
    void everyRangeIsDeliveredFromItsOwnBytes(@ForAll("someRanges") List<ByteRange> list) {
        ByteRange[] ranges = list.toArray(ByteRange[]::new);
        RangePlan plan = RangePlan.of(ranges, 16, 128);
        boolean[] wanted = new boolean[2000];
        boolean[] delivered = new boolean[ranges.length];
        long fetched = 0;
        long wasted = 0;
        for (int r = 0; r < plan.count(); r++) {
            byte[] body = new byte[plan.length(r)];
            for (int i = 0; i < body.length; i++) {
                body[i] = (byte) (31 * (plan.offset(r) + i));
            }
            fetched += body.length;
            wasted += plan.wasted(r);
            plan.deliver(r, body, (i, slice) -> {
                assertThat(delivered[i]).isFalse();
                delivered[i] = true;
                assertThat(slice.length()).isEqualTo(ranges[i].length());
                for (int b = 0; b < slice.length(); b++) {
                    assertThat(slice.array()[slice.offset() + b]).isEqualTo((byte) (31 * (ranges[i].offset() + b)));
                }
            });
        }
        for (ByteRange range : ranges) {
            Arrays.fill(wanted, (int) range.offset(), (int) range.end(), true);
        }
        long union = 0;
        for (boolean b : wanted) {
            union += b ? 1 : 0;
        }
        assertThat(delivered).doesNotContain(false);
        assertThat(fetched - wasted).isGreaterThanOrEqualTo(union);
    }

    @Provide
    Arbitrary<List<ByteRange>> someRanges() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 1500),
                        Arbitraries.integers().between(0, 300))
                .as(ByteRange::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 300)
    void positionsAreOrderedByKeyAndStable(@ForAll("keys") long[] keys) {
        Integer[] expected = new Integer[keys.length];
        Arrays.setAll(expected, i -> i);
        Arrays.sort(expected, (a, b) -> Long.compare(keys[a], keys[b]));
        assertThat(IndexSort.order(keys, keys.length))
                .containsExactly(Arrays.stream(expected).mapToInt(i -> i).toArray());
    }

    @Provide
    Arbitrary<long[]> keys() {
        return Arbitraries.oneOf(Arbitraries.longs().between(-5, 5), Arbitraries.longs())
                .array(long[].class)
                .ofMaxSize(60);
    }

    private static ByteRange[] ranges(long... offsetsAndLengths) {
        ByteRange[] ranges = new ByteRange[offsetsAndLengths.length / 2];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = new ByteRange(offsetsAndLengths[2 * i], (int) offsetsAndLengths[2 * i + 1]);
        }
        return ranges;
    }
}
