package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.PointerKind;
import io.hox.lance.LanceScan;
import io.hox.lance.ScanRequest;
import io.hox.matrix.GroupCells;
import io.hox.matrix.GroupTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;

/** How many cells a snapshot has in each group, and how many entries they have: from the pointers of all cells. */
final class FeatureCells {
    private static final int BATCH = 65_536;

    private FeatureCells() {}

    /** By group, for the pointer columns of one feature space. */
    static Map<String, GroupTotals> count(AtlasView view, List<GroupCells.Place> places) {
        Map<String, GroupTotals> totals = new HashMap<>();
        for (GroupCells.Place place : places) {
            boolean sparse = view.pointer(place.obsTable(), place.column()).kind() == PointerKind.SPARSE;
            List<String> columns = new ArrayList<>(List.of(place.child(PointerStruct.GROUP)));
            if (sparse) {
                columns.add(place.child(PointerStruct.START));
                columns.add(place.child(PointerStruct.END));
            }
            ScanRequest request = ScanRequest.ALL.withColumns(columns).withBatchSize(BATCH);
            try (LanceScan scan = view.obs(place.obsTable()).scan(request)) {
                while (scan.next()) {
                    add(scan, columns, sparse, totals);
                }
            }
        }
        return totals;
    }

    private static void add(LanceScan scan, List<String> columns, boolean sparse, Map<String, GroupTotals> totals) {
        VarCharVector groups = (VarCharVector) scan.batch().getVector(columns.get(0));
        BigIntVector starts = sparse ? (BigIntVector) scan.batch().getVector(columns.get(1)) : null;
        BigIntVector ends = sparse ? (BigIntVector) scan.batch().getVector(columns.get(2)) : null;
        GroupTotals open = null;
        for (int row = 0; row < scan.batch().getRowCount(); row++) {
            if (groups.isNull(row) || groups.getValueLength(row) == 0) {
                open = null;
                continue;
            }
            if (open == null || PointerCosts.changes(groups, row)) {
                open = totals.computeIfAbsent(groups.getObject(row).toString(), group -> new GroupTotals());
            }
            boolean followed = sparse && !starts.isNull(row) && !ends.isNull(row);
            open.add(followed ? starts.get(row) : 0, followed ? ends.get(row) : 0, 0);
        }
    }
}
