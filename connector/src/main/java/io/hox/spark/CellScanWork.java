package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.matrix.FeatureAxis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What planning found.
 *
 * @param plan with the feature axes that depend on the rows
 * @param splits in table order, or group by group where the rows of a group are scattered
 * @param rows of all splits; {@link Slice#UNKNOWN} where nobody had to count them
 * @param bytes decoded bytes of all splits, about
 * @param orientation which groups are read feature-major, in words; empty where that is no question
 */
record CellScanWork(CellReadPlan plan, List<CellSplit> splits, long rows, long bytes, String orientation) {

    /** Plans a scan; streams the pointers when arrays are read. */
    static CellScanWork plan(
            AtlasView view, SplitPlanner planner, CellReadPlan given, RowRange range, boolean intersection) {
        if (given.arrayColumns().isEmpty()) {
            return planner.plan(given, null);
        }
        Orientation orientation = Orientation.choose(view, given, range);
        CellReadPlan plan = orientation.plan();
        PointerCosts costs =
                new PointerCosts(plan.arrayColumns(), (pointer, group) -> orientation.shape(view, pointer, group));
        CellScanWork work = planner.plan(plan, costs).withOrientation(orientation.words());
        if (!intersection) {
            return work;
        }
        List<OutputColumn> columns = new ArrayList<>();
        for (OutputColumn column : plan.columns()) {
            boolean joined = column instanceof OutputColumn.Pointer pointer && pointer.readsArrays();
            columns.add(joined ? intersected(view, (OutputColumn.Pointer) column, costs) : column);
        }
        return new CellScanWork(plan.withColumns(columns), work.splits, work.rows, work.bytes, work.orientation);
    }

    private CellScanWork withOrientation(String words) {
        return new CellScanWork(plan, splits, rows, bytes, words);
    }

    private static OutputColumn.Pointer intersected(AtlasView view, OutputColumn.Pointer column, PointerCosts costs) {
        Set<String> layouts = new LinkedHashSet<>();
        for (String group : costs.groups().get(column.name())) {
            layouts.add(view.dataset(column.pointer().featureSpace(), group).layoutUid());
        }
        List<int[]> kept = new ArrayList<>(view.remaps(layouts).values());
        if (!column.axis().isEverything() && !kept.isEmpty()) {
            kept.add(column.axis().globals());
        }
        return column.withAxis(FeatureAxis.intersection(kept));
    }
}
