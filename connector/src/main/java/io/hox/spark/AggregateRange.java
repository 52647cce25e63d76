package io.hox.spark;

import io.hox.lance.LanceSql;
import io.hox.lance.ScanRequest;
import java.io.Serializable;
import java.util.List;

/**
 * Rows that Lance aggregates at once.
 *
 * @param fragments one or several fragments
 * @param from the first row, deleted ones counted, where it is a part of one fragment
 * @param to the row behind the last; {@link #WHOLE} = the fragments with all their rows
 */
record AggregateRange(List<Integer> fragments, long from, long to) implements Serializable {
    static final long WHOLE = -1;

    AggregateRange {
        fragments = List.copyOf(fragments);
    }

    ScanRequest of(ScanRequest all) {
        ScanRequest request = all.withFragments(fragments);
        if (to == WHOLE) {
            return request;
        }
        String rows = LanceSql.rowRange(fragments.get(0), from, to);
        return request.withFilter(all.filter() == null ? rows : "(" + all.filter() + ") AND " + rows);
    }
}
