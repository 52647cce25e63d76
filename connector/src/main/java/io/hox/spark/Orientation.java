package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.lance.LanceScan;
import io.hox.lance.ScanRequest;
import io.hox.matrix.GroupTotals;
import io.hox.matrix.OrientationChoice;
import io.hox.store.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Which groups of a read of few features are taken from their feature-major copies: found out on the driver, before the
 * read is cut into splits.
 *
 * @param plan whose columns name these groups
 * @param cellBytes by column and group: decoded bytes of the wanted features, divided among the selected cells
 * @param words what was chosen, for EXPLAIN; empty where there was no choice
 */
record Orientation(CellReadPlan plan, Map<String, Map<String, Long>> cellBytes, String words) {
    private static final int BATCH = 65_536;

    /** Looks at the pointers of all selected cells, unless every feature is wanted anyway. */
    static Orientation choose(AtlasView view, CellReadPlan plan, RowRange range) {
        List<OutputColumn> columns = new ArrayList<>();
        Map<String, Map<String, Long>> cellBytes = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (OutputColumn column : plan.columns()) {
            if (column instanceof OutputColumn.Pointer pointer && mayHaveCopies(pointer)) {
                Map<String, GroupTotals> totals = totals(view, plan, pointer, range);
                Map<String, Long> chosen = chosen(view, pointer, totals);
                words.add(pointer.name() + " feature-major: " + chosen.size() + " of " + totals.size() + " groups");
                cellBytes.put(pointer.name(), chosen);
                columns.add(pointer.withFeatureMajor(chosen.keySet()));
            } else {
                columns.add(column);
            }
        }
        return new Orientation(plan.withColumns(columns), cellBytes, String.join("; ", words));
    }

    /** Whether {@link #choose} has a choice. */
    static boolean matters(CellReadPlan plan) {
        return plan.arrayColumns().stream().anyMatch(Orientation::mayHaveCopies);
    }

    private static boolean mayHaveCopies(OutputColumn.Pointer pointer) {
        return pointer.readsArrays()
                && pointer.copies() != null
                && !pointer.axis().isEverything();
    }

    /** What planning needs to know of a group. */
    GroupShape shape(AtlasView view, OutputColumn.Pointer pointer, String group) {
        Long bytes = cellBytes.getOrDefault(pointer.name(), Map.of()).get(group);
        return bytes == null ? GroupShape.of(view, pointer, group) : GroupShape.featureMajor(bytes);
    }

    private static Map<String, GroupTotals> totals(
            AtlasView view, CellReadPlan plan, OutputColumn.Pointer pointer, RowRange range) {
        ScanRequest request = ScanRequest.ALL
                .withColumns(GroupTally.sparseChildren(pointer.name()))
                .withFilter(plan.filter())
                .withBatchSize(BATCH);
        GroupTally tally = new GroupTally(pointer.name());
        long seen = 0;
        try (LanceScan scan = view.obs(plan.obsTable().name()).scan(request)) {
            while (seen < range.end() && scan.next()) {
                int rows = scan.batch().getRowCount();
                int to = (int) Math.min(rows, range.end() - seen);
                tally.add(scan.batch(), (int) Math.min(to, Math.max(0, range.offset() - seen)), to);
                seen += rows;
            }
        }
        return tally.totals();
    }

    private static Map<String, Long> chosen(
            AtlasView view, OutputColumn.Pointer pointer, Map<String, GroupTotals> totals) {
        OrientationChoice choice = new OrientationChoice(
                view.zarr(),
                pointer.paths(),
                pointer.copies(),
                pointer.axis(),
                pointer.layers(),
                SharedSnapshot.MAX_COLUMN_BYTES);
        String space = pointer.pointer().featureSpace();
        Map<String, String> layouts = new HashMap<>();
        totals.keySet()
                .forEach(group -> layouts.put(group, view.dataset(space, group).layoutUid()));
        Map<String, int[]> remaps = view.remaps(new LinkedHashSet<>(layouts.values()));
        List<String> groups = List.copyOf(totals.keySet());
        List<Long> entries = Parallel.map(
                groups,
                group -> choice.columnEntries(group, remaps.get(layouts.get(group)), totals.get(group)),
                "looking for feature-major copies");
        Map<String, Long> chosen = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            if (entries.get(i) >= 0) {
                long cells = totals.get(groups.get(i)).cells();
                chosen.put(groups.get(i), entries.get(i) * ReadCost.bytesPerEntry(pointer) / cells);
            }
        }
        return chosen;
    }
}
