package io.hox.store;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which requests fetch a set of byte ranges. Ranges that lie close together share a request, unless more than a fifth of
 * what it fetches would be unwanted. Where a request is dear, what is wanted densely over a long way is streamed with its
 * gaps. What lies together in great amounts is cut into parts, so that several are in flight.
 *
 * <p>Ranges may be unsorted, may overlap and may repeat. A range longer than a part gets a request of its own, because
 * every range is delivered in one piece.
 */
final class RangePlan {
    /** Ranges with more unwanted bytes between them are never fetched together. */
    static final int MAX_GAP = 1 << 20;
    /** At most one byte in so many that a request fetches is unwanted, unless it is part of a stream. */
    static final int UNWANTED = 5;
    /** At least one byte in so many of a stream is wanted. */
    static final int STREAMED = 2;
    /**
     * A request of an object ends after a part of all that is fetched from it, within these limits; after the smallest
     * where requests cost nothing.
     */
    static final int PARTS = 8;

    static final int SMALLEST_PART = 1 << 20;
    static final int LARGEST_PART = 8 << 20;

    private final ByteRange[] ranges;
    /** Positions of the ranges, by offset; those of request r are order[firstOf[r]] .. order[firstOf[r + 1] - 1]. */
    private final int[] order;

    private final int[] firstOf;
    private final long[] wasted;
    private final long[] offsets;
    private final int[] lengths;
    private int count;

    private RangePlan(ByteRange[] ranges) {
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
    }

    /** @param dearRequests whether a request takes as long as fetching a gap */
    static RangePlan of(ByteRange[] ranges, boolean dearRequests) {
        RangePlan plan = new RangePlan(ranges);
        long total = 0;
        boolean[] streamed = new boolean[ranges.length];
        for (int first = 0; first < ranges.length; ) {
            int end = plan.endOfNeighbours(first);
            long wanted = plan.union(first, end);
            long span = plan.span(first, end);
            streamed[first] = dearRequests && span >= SMALLEST_PART && wanted >= span / STREAMED;
            total += streamed[first] ? span : wanted;
            first = end;
        }
        int part = dearRequests ? (int) Math.max(SMALLEST_PART, Math.min(LARGEST_PART, total / PARTS)) : SMALLEST_PART;
        for (int first = 0; first < ranges.length; ) {
            int end = plan.endOfNeighbours(first);
            plan.addRequests(first, end, streamed[first], part);
            first = end;
        }
        return plan;
    }

    private ByteRange range(int i) {
        return ranges[order[i]];
    }

    /** The end of the ranges from {@code first} on with no large gap between them. */
    private int endOfNeighbours(int first) {
        long reached = range(first).end();
        int i = first + 1;
        while (i < ranges.length && range(i).offset() - reached <= MAX_GAP) {
            reached = Math.max(reached, range(i).end());
            i++;
        }
        return i;
    }

    private long union(int first, int end) {
        long bytes = 0;
        long reached = range(first).offset();
        for (int i = first; i < end; i++) {
            bytes += Math.max(0, range(i).end() - Math.max(reached, range(i).offset()));
            reached = Math.max(reached, range(i).end());
        }
        return bytes;
    }

    private long span(int first, int end) {
        long reached = 0;
        for (int i = first; i < end; i++) {
            reached = Math.max(reached, range(i).end());
        }
        return reached - range(first).offset();
    }

    private void addRequests(int first, int end, boolean streamed, int part) {
        long reached = 0;
        for (int i = first; i < end; i++) {
            ByteRange range = range(i);
            boolean joins = i > first && joins(i, end, reached, streamed, part);
            if (!joins) {
                offsets[count] = range.offset();
                firstOf[count] = i;
                reached = range.offset();
                count++;
            }
            int request = count - 1;
            wasted[request] += Math.max(0, range.offset() - reached);
            reached = Math.max(reached, range.end());
            lengths[request] = (int) (reached - offsets[request]);
        }
        firstOf[count] = end;
    }

    /** Whether range {@code i} belongs to the last request, which goes to {@code reached}. */
    private boolean joins(int i, int end, long reached, boolean streamed, int part) {
        ByteRange range = range(i);
        long start = offsets[count - 1];
        if (range.end() <= reached) {
            return true;
        }
        if (range.end() - start > part) {
            return false;
        }
        long gap = range.offset() - reached;
        if (gap <= 0 || streamed) {
            return true;
        }
        // What follows without a gap comes along, and so counts for this one.
        long far = range.end();
        for (int k = i + 1; k < end && range(k).offset() <= far && range(k).end() - start <= part; k++) {
            far = Math.max(far, range(k).end());
        }
        return (wasted[count - 1] + gap) * UNWANTED <= far - start;
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

    /** The requests {@code first} .. {@code end - 1}. */
    List<ByteRange> requests(int first, int end) {
        return IntStream.range(first, end)
                .mapToObj(request -> new ByteRange(offsets[request], lengths[request]))
                .toList();
    }

    /** Whether none of these requests overlaps another. */
    boolean areApart(int first, int end) {
        for (int request = first + 1; request < end; request++) {
            if (offsets[request] < end(request - 1)) {
                return false;
            }
        }
        return true;
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
