package io.hox.spark;

import io.hox.lance.ScanRequest;
import java.util.List;

/**
 * Some of the rows of one fragment that pass the pushed filter.
 *
 * @param fragment the fragment's number
 * @param start where the slice begins. Without a filter: how many rows come before it. With one: the place of its first
 *     row among all rows of the fragment, deleted ones counted, since skipping what a filter leaves is slow
 * @param rows how many rows there are; {@link #UNKNOWN} = all that remain, as many as they may be
 */
record Slice(int fragment, long start, long rows) implements ScanPart {
    static final long UNKNOWN = -1;
    private static final int FRAGMENT_SHIFT = 32;

    @Override
    public ScanRequest of(ScanRequest all) {
        ScanRequest request = all.withFragments(List.of(fragment));
        if (all.filter() == null) {
            request = request.withOffset(start);
        } else if (start > 0) {
            long address = ((long) fragment << FRAGMENT_SHIFT) + start;
            request = request.withFilter("(" + all.filter() + ") AND _rowaddr >= " + address);
        }
        return rows == UNKNOWN ? request : request.withLimit(rows);
    }
}
