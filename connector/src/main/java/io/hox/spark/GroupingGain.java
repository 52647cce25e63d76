package io.hox.spark;

import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceAggregate;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.List;

/**
 * Whether grouping leaves much fewer rows. Where nearly every cell has its own key, Lance's work would be on top of
 * Spark's. The first cells of some fragments tell.
 */
final class GroupingGain {
    private static final int FRAGMENTS = 4;
    private static final long CELLS = 4_096;
    private static final long CELLS_PER_GROUP = 4;

    private GroupingGain() {}

    /** @param keys at least one */
    static boolean isLarge(LanceTable obs, List<FragmentInfo> fragments, List<String> keys) {
        ScanRequest request = ScanRequest.ALL.withAggregate(new LanceAggregate(keys, List.of()));
        int step = Math.max(1, fragments.size() / FRAGMENTS);
        long cells = 0;
        long groups = 0;
        for (int i = 0; i < fragments.size(); i += step) {
            FragmentInfo fragment = fragments.get(i);
            long some = Math.min(CELLS, fragment.physicalRows());
            cells += some;
            try (LanceScan scan = obs.scan(new AggregateRange(List.of(fragment.id()), 0, some).of(request))) {
                while (scan.next()) {
                    groups += scan.batch().getRowCount();
                }
            }
        }
        return groups * CELLS_PER_GROUP <= cells;
    }
}
