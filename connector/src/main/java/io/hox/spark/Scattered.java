package io.hox.spark;

import io.hox.lance.ScanRequest;
import java.util.List;

/**
 * Rows that belong together wherever in the table they are.
 *
 * @param fragments the fragments that have some of them
 * @param condition Lance SQL that tells them from others; never null for a row
 * @param rows how many there are
 */
record Scattered(List<Integer> fragments, String condition, long rows) implements ScanPart {
    Scattered {
        fragments = List.copyOf(fragments);
    }

    @Override
    public ScanRequest of(ScanRequest all) {
        String filter = all.filter() == null ? condition : "(" + all.filter() + ") AND (" + condition + ")";
        return all.withFragments(fragments).withFilter(filter);
    }
}
