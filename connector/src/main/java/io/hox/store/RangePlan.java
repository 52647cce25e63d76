package io.hox.store;

/**
 * Which requests fetch a set of byte ranges: ranges that lie close together share a request.
 *
 * <p>Ranges may be unsorted, may overlap and may repeat. A range longer than the cap gets a request of its own, because
 * every range is delivered in one piece.
 */
final class RangePlan {
    /** Ranges with at most so many unwanted bytes between them are fetched together. */
    static final int MAX_GAP = 1 << 20;
    /** Ranges are not merged beyond this size. */
    static final int MAX_REQUEST = 16 << 20;

    private final ByteRange[] ranges;
    /** Positions of the ranges, by offset; those of request r are order[firstOf[r]] .. order[firstOf[r + 1] - 1]. */
    private final int[] order;

    private final int[] firstOf;
    private final long[] wasted;
    private final long[] offsets;
    private final int[] lengths;
    private final int count;

    private RangePlan(ByteRange[] ranges, int maxGap, int maxRequest) {
        this.ranges = ranges;
        int n = ranges.length;
        long[] starts = new long[n];
        for (int i = 0; i < n; i++) {
            starts[i] = ranges[i].offset();
        }
        order = IndexSort.order(starts, n);
        firstOf = new int[n + 1];
        wasted = new long[n];
        offsets = new long[n];
        lengths = new int[n];
        int request = -1;
        long end = 0;
        for (int i = 0; i < n; i++) {
            ByteRange range = ranges[order[i]];
            boolean merge = request >= 0
                    && range.offset() - end <= maxGap
                    && (range.end() <= end || range.end() - offsets[request] <= maxRequest);
            if (!merge) {
                request++;
                firstOf[request] = i;
                offsets[request] = range.offset();
                end = range.offset();
            }
            wasted[request] += Math.max(0, range.offset() - end);
            end = Math.max(end, range.end());
            lengths[request] = (int) (end - offsets[request]);
        }
        count = request + 1;
        firstOf[count] = n;
    }

    static RangePlan of(ByteRange[] ranges) {
        return new RangePlan(ranges, MAX_GAP, MAX_REQUEST);
    }

    static RangePlan of(ByteRange[] ranges, int maxGap, int maxRequest) {
        return new RangePlan(ranges, maxGap, maxRequest);
    }

    /** The number of requests. */
    int count() {
        return count;
    }

    long offset(int request) {
        return offsets[request];
    }

    int length(int request) {
        return lengths[request];
    }

    long end(int request) {
        return offsets[request] + lengths[request];
    }

    /** Bytes of the request that belong to no range. */
    long wasted(int request) {
        return wasted[request];
    }

    int longest() {
        int longest = 0;
        for (int r = 0; r < count; r++) {
            longest = Math.max(longest, lengths[r]);
        }
        return longest;
    }

    /** Hands the ranges of a fetched request to the consumer; {@code body} holds the request's bytes from its start. */
    void deliver(int request, byte[] body, SliceConsumer consumer) {
        for (int i = firstOf[request]; i < firstOf[request + 1]; i++) {
            ByteRange range = ranges[order[i]];
            consumer.accept(order[i], new ByteSlice(body, (int) (range.offset() - offsets[request]), range.length()));
        }
    }
}
