package io.hox.spark;

/**
 * The rows that LIMIT and OFFSET leave of those that pass the filters.
 *
 * @param offset rows to skip
 * @param end rows after which to stop, counted before skipping; {@link Long#MAX_VALUE} = none
 */
record RowRange(long offset, long end) {
    static final RowRange ALL = new RowRange(0, Long.MAX_VALUE);

    boolean isAll() {
        return offset == 0 && end == Long.MAX_VALUE;
    }

    RowRange withLimit(long limit) {
        return new RowRange(offset, Math.min(end, offset + limit));
    }

    RowRange withOffset(long rows) {
        return new RowRange(offset + rows, end);
    }

    @Override
    public String toString() {
        String from = offset == 0 ? "" : "offset " + offset;
        String upTo = end == Long.MAX_VALUE ? "" : "limit " + Math.max(0, end - offset);
        return from + (from.isEmpty() || upTo.isEmpty() ? "" : ", ") + upTo;
    }
}
