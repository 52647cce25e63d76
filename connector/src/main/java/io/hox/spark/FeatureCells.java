package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.PointerKind;
import io.hox.lance.LanceScan;
import io.hox.lance.ScanRequest;
import io.hox.matrix.GroupCells;
import io.hox.matrix.GroupTotals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many cells a snapshot has in each group, and how many entries they have: from the pointers of all cells. */
final class FeatureCells {
    private static final int BATCH = 65_536;

    private FeatureCells() {}

    /** By group, for the pointer columns of one feature space. */
    static Map<String, GroupTotals> count(AtlasView view, List<GroupCells.Place> places) {
        Map<String, GroupTotals> totals = new HashMap<>();
        for (GroupCells.Place place : places) {
            boolean sparse = view.pointer(place.obsTable(), place.column()).kind() == PointerKind.SPARSE;
            List<String> columns =
                    sparse ? GroupTally.sparseChildren(place.column()) : List.of(place.child(PointerStruct.GROUP));
            ScanRequest request = ScanRequest.ALL.withColumns(columns).withBatchSize(BATCH);
            GroupTally tally = new GroupTally(place.column());
            try (LanceScan scan = view.obs(place.obsTable()).scan(request)) {
                while (scan.next()) {
                    tally.add(scan.batch(), 0, scan.batch().getRowCount());
                }
            }
            tally.totals().forEach((group, cells) -> totals.merge(group, cells, GroupTotals::plus));
        }
        return totals;
    }
}
