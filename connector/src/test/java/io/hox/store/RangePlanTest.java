package io.hox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
    void aFifthOfARequestMayBeUnwanted() {
        RangePlan plan = RangePlan.of(ranges(0, 400, 500, 100), false);
        assertThat(plan.count()).isEqualTo(1);
        assertThat(plan.offset(0)).isZero();
        assertThat(plan.length(0)).isEqualTo(600);
        assertThat(plan.wasted(0)).isEqualTo(100);
        assertThat(RangePlan.of(ranges(0, 400, 526, 100), false).count()).isEqualTo(2);
    }

    @Test
    void whatFollowsAGapCountsForIt() {
        assertThat(RangePlan.of(ranges(0, 10, 20, 10, 30, 400), false).count()).isEqualTo(1);
    }

    @Test
    void rangesMoreThanAMebibyteApartDoNotShareARequest() {
        assertThat(RangePlan.of(ranges(0, 4 * MIB, 5 * MIB, MIB, 30 * MIB, 64 * MIB), true)
                        .count())
                .isEqualTo(2);
        assertThat(RangePlan.of(ranges(0, 4 * MIB, 5 * MIB + 1, MIB, 30 * MIB, 64 * MIB), true)
                        .count())
                .isEqualTo(3);
    }

    @Test
    void aWholeObjectComesInParts() {
        ByteRange[] chunks = IntStream.range(0, 4096)
                .mapToObj(i -> new ByteRange(5_000L * i, 5_000))
                .toArray(ByteRange[]::new);
        RangePlan plan = RangePlan.of(chunks, true);
        assertThat(plan.count()).isBetween(8, 9);
        assertThat(RangePlan.of(Arrays.copyOf(chunks, 200), true).count()).isEqualTo(1);
    }

    @Test
    void partsAreNotLargerThanEightMebibytes() {
        ByteRange[] chunks = IntStream.range(0, 256)
                .mapToObj(i -> new ByteRange((long) i * MIB, MIB))
                .toArray(ByteRange[]::new);
        RangePlan plan = RangePlan.of(chunks, true);
        assertThat(plan.count()).isEqualTo(32);
        assertThat(plan.longest()).isEqualTo(8 * MIB);
        assertThat(RangePlan.of(chunks, false).longest()).isEqualTo(MIB);
    }

    @Test
    void manyScatteredRangesAreStreamedWhereRequestsAreDear() {
        Random random = new Random(1);
        ByteRange[] mostOfThem = IntStream.range(0, 4000)
                .filter(i -> random.nextInt(3) != 0)
                .mapToObj(i -> new ByteRange(5_000L * i, 5_000))
                .toArray(ByteRange[]::new);
        assertThat(RangePlan.of(mostOfThem, true).count()).isLessThan(12);
        assertThat(RangePlan.of(mostOfThem, false).count()).isGreaterThan(100);
        ByteRange[] aQuarter = IntStream.range(0, 4000)
                .filter(i -> random.nextInt(4) == 0)
                .mapToObj(i -> new ByteRange(5_000L * i, 5_000))
                .toArray(ByteRange[]::new);
        assertThat(RangePlan.of(aQuarter, true).count()).isGreaterThan(600);
        ByteRange[] few = IntStream.range(0, 400)
                .mapToObj(i -> new ByteRange(50_000L * i, 5_000))
                .toArray(ByteRange[]::new);
        assertThat(RangePlan.of(few, true).count()).isEqualTo(400);
    }

    @Test
    void aRangeBeyondTheCapIsOneRequestAndTakesInWhatLiesInside() {
        RangePlan plan = RangePlan.of(ranges(5 * MIB, 10, 0, 40 * MIB, 40 * MIB - 10, 10), true);
        assertThat(plan.count()).isEqualTo(1);
        assertThat(plan.length(0)).isEqualTo(40 * MIB);
        assertThat(plan.wasted(0)).isZero();
    }

    @Test
    void nothingNeedsNoRequest() {
        assertThat(RangePlan.of(new ByteRange[0], true).count()).isZero();
    }

    @Property(tries = 300)
    void everyRangeIsDeliveredFromItsOwnBytes(@ForAll("nearRanges") List<ByteRange> list, @ForAll boolean dear) {
        ByteRange[] ranges = list.toArray(ByteRange[]::new);
        RangePlan plan = RangePlan.of(ranges, dear);
        boolean[] delivered = new boolean[ranges.length];
        for (int r = 0; r < plan.count(); r++) {
            byte[] body = new byte[plan.length(r)];
            for (int i = 0; i < body.length; i++) {
                body[i] = (byte) (31 * (plan.offset(r) + i));
            }
            plan.deliver(r, body, (i, slice) -> {
                assertThat(delivered[i]).isFalse();
                delivered[i] = true;
                assertThat(slice.length()).isEqualTo(ranges[i].length());
                for (int b = 0; b < slice.length(); b++) {
                    assertThat(slice.array()[slice.offset() + b]).isEqualTo((byte) (31 * (ranges[i].offset() + b)));
                }
            });
        }
        assertThat(delivered).doesNotContain(false);
    }

    @Property(tries = 500)
    void requestsAreOrderedAndWasteLittle(
            @ForAll("nearRanges") List<ByteRange> near, @ForAll("farRanges") List<ByteRange> far) {
        for (List<ByteRange> list : List.of(near, far)) {
            checkBounds(list, false);
            checkBounds(list, true);
        }
    }

    private static void checkBounds(List<ByteRange> list, boolean dear) {
        RangePlan plan = RangePlan.of(list.toArray(ByteRange[]::new), dear);
        int longest = list.stream().mapToInt(ByteRange::length).max().orElse(0);
        long fetched = 0;
        for (int r = 0; r < plan.count(); r++) {
            assertThat(plan.length(r)).isLessThanOrEqualTo(Math.max(RangePlan.LARGEST_PART, longest));
            assertThat(r == 0 || plan.offset(r) >= plan.offset(r - 1)).isTrue();
            if (!dear) {
                assertThat(plan.wasted(r) * RangePlan.UNWANTED).isLessThanOrEqualTo(plan.length(r));
            }
            assertThat(plan.wasted(r)).isEqualTo(plan.length(r) - covered(list, plan.offset(r), plan.end(r)));
            fetched += plan.length(r) - plan.wasted(r);
        }
        assertThat(fetched).isGreaterThanOrEqualTo(covered(list, 0, Long.MAX_VALUE));
        assertThat(IntStream.range(0, plan.count()).mapToLong(plan::wasted).sum())
                .isLessThanOrEqualTo((RangePlan.STREAMED - 1) * fetched + RangePlan.STREAMED);
    }

    /** How many bytes between two places lie in some range. */
    private static long covered(List<ByteRange> ranges, long from, long to) {
        long bytes = 0;
        long reached = from;
        for (ByteRange range : ranges.stream()
                .sorted(Comparator.comparingLong(ByteRange::offset))
                .toList()) {
            long end = Math.min(range.end(), to);
            bytes += Math.max(0, end - Math.max(reached, range.offset()));
            reached = Math.max(reached, end);
        }
        return bytes;
    }

    @Provide
    Arbitrary<List<ByteRange>> nearRanges() {
        return someRanges(1500, 300);
    }

    @Provide
    Arbitrary<List<ByteRange>> farRanges() {
        return someRanges(40 * MIB, 3 * MIB);
    }

    private static Arbitrary<List<ByteRange>> someRanges(long last, int longest) {
        return Combinators.combine(
                        Arbitraries.longs().between(0, last),
                        Arbitraries.integers().between(0, longest))
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
