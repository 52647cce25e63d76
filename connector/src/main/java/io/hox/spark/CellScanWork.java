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
 * @param splits in table order
 * @param rows of all splits; {@link Slice#UNKNOWN} where nobody had to count them
 * @param bytes decoded bytes of all splits, about
 */
record CellScanWork(CellReadPlan plan, List<CellSplit> splits, long rows, long bytes) {

    /** Plans a scan; streams the pointers when arrays are read. */
    static CellScanWork plan(AtlasView view, SplitPlanner planner, CellReadPlan plan, boolean intersection) {
        List<OutputColumn.Pointer> arrays = plan.arrayColumns();
        if (arrays.isEmpty()) {
            return planner.plan(plan, null);
        }
        PointerCosts costs = new PointerCosts(arrays, (pointer, group) -> GroupShape.of(view, pointer, group));
        CellScanWork work = planner.plan(plan, costs);
        if (!intersection) {
            return work;
        }
        List<OutputColumn> columns = new ArrayList<>();
        for (OutputColumn column : plan.columns()) {
            boolean joined = column instanceof OutputColumn.Pointer pointer && pointer.readsArrays();
            columns.add(joined ? intersected(view, (OutputColumn.Pointer) column, costs) : column);
        }
        return new CellScanWork(plan.withColumns(columns), work.splits, work.rows, work.bytes);
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
