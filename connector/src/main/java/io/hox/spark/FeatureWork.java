package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.matrix.ColumnCopy;
import io.hox.matrix.ColumnReader;
import io.hox.matrix.GroupTotals;
import io.hox.store.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What planning a read of features found.
 *
 * @param splits of about equal size, in the order of the datasets and their features
 * @param words where the numbers come from, for EXPLAIN; empty when none are read
 */
record FeatureWork(List<FeatureSplit> splits, String words) {
    private static final int SPLITS_PER_CORE = 2;
    private static final long SMALLEST_SPLIT = 4L << 20;
    /** What a row takes beside its entries. */
    private static final long ROW_BYTES = 200;

    /** @param parallelism tasks that can run at once */
    static FeatureWork plan(
            AtlasView view, FeatureReadPlan plan, List<FeatureSplit.Measured> datasets, int parallelism) {
        Map<String, Map<String, GroupTotals>> totals = new HashMap<>();
        if (plan.countsCells() || plan.readsArrays()) {
            for (FeatureSplit.Measured dataset : datasets) {
                totals.computeIfAbsent(
                        dataset.featureSpace(),
                        space -> FeatureCells.count(
                                view, plan.sources().get(space).places()));
            }
        }
        if (!plan.readsArrays()) {
            List<FeatureSplit.Part> parts = new ArrayList<>();
            for (FeatureSplit.Measured dataset : datasets) {
                GroupTotals cells = totals.getOrDefault(dataset.featureSpace(), Map.of())
                        .getOrDefault(dataset.zarrGroup(), new GroupTotals());
                parts.add(new FeatureSplit.Part(dataset, 0, FeatureSplit.Part.ALL, cells.cells(), -1, false));
            }
            return new FeatureWork(dealt(parts, SPLITS_PER_CORE * parallelism), "");
        }
        Set<String> layouts = new LinkedHashSet<>();
        datasets.forEach(dataset -> layouts.add(dataset.layoutUid()));
        Map<String, int[]> remaps = view.remaps(layouts);
        List<Group> groups = Parallel.map(
                datasets,
                dataset -> Group.of(
                        view,
                        plan,
                        dataset,
                        remaps.get(dataset.layoutUid()),
                        totals.get(dataset.featureSpace()).getOrDefault(dataset.zarrGroup(), new GroupTotals())),
                "looking for feature-major copies");
        return new FeatureWork(balanced(groups, plan.limits().splitBytes(), parallelism), words(groups));
    }

    /** Datasets are dealt out evenly: their feature counts seldom differ much. */
    private static List<FeatureSplit> dealt(List<FeatureSplit.Part> parts, int most) {
        int splits = Math.min(parts.size(), most);
        List<FeatureSplit> dealt = new ArrayList<>();
        for (int i = 0; i < splits; i++) {
            int from = (int) ((long) i * parts.size() / splits);
            int to = (int) ((i + 1L) * parts.size() / splits);
            dealt.add(new FeatureSplit(parts.subList(from, to)));
        }
        return dealt;
    }

    private static String words(List<Group> groups) {
        long copied = groups.stream().filter(group -> group.copied).count();
        long turned =
                groups.stream().filter(group -> group.matrix && !group.copied).count();
        String words = "feature-major: " + copied + " of " + groups.size() + " groups";
        return turned == 0 ? words : words + "; transposed on the fly: " + turned + " groups (hox index makes a copy)";
    }

    private static List<FeatureSplit> balanced(List<Group> groups, long splitBytes, int parallelism) {
        long total = 0;
        for (Group group : groups) {
            total += group.bytes();
        }
        long target = Math.min(splitBytes, Math.max(SMALLEST_SPLIT, total / parallelism + 1));
        List<FeatureSplit> splits = new ArrayList<>();
        List<FeatureSplit.Part> open = new ArrayList<>();
        long bytes = 0;
        for (Group group : groups) {
            for (int[] range : group.ranges(target, splitBytes)) {
                long size = group.bytes() * (range[1] - range[0]) / Math.max(1, group.wanted.length);
                if (bytes > 0 && bytes + size > target) {
                    splits.add(new FeatureSplit(open));
                    open = new ArrayList<>();
                    bytes = 0;
                }
                open.add(group.part(range[0], range[1]));
                bytes += size;
            }
        }
        if (!open.isEmpty()) {
            splits.add(new FeatureSplit(open));
        }
        return splits;
    }

    /**
     * A group that numbers are read of.
     *
     * @param wanted the local indices of its wanted features
     * @param ends for a copy that is worth cutting: stored entries up to and with each wanted feature; null otherwise
     */
    private record Group(
            FeatureSplit.Measured dataset,
            int[] wanted,
            long cells,
            long stored,
            long entries,
            long bytesPerEntry,
            boolean matrix,
            boolean copied,
            long[] ends) {

        static Group of(
                AtlasView view, FeatureReadPlan plan, FeatureSplit.Measured dataset, int[] layout, GroupTotals totals) {
            FeatureSource source = plan.sources().get(dataset.featureSpace());
            int[] wanted = plan.wanted(dataset.featureSpace(), layout);
            boolean matrix = source.paths() != null;
            ColumnCopy copy = !matrix || source.copies() == null || wanted.length == 0
                    ? null
                    : ColumnCopy.openOrNull(view.zarr(), source.copies(), dataset.zarrGroup(), layout, source.layers());
            boolean copied = copy != null && copy.standsFor(view.zarr(), source.paths());
            long all = matrix && !source.paths().isSparse()
                    ? Math.multiplyExact(totals.cells(), (long) layout.length)
                    : totals.entries();
            long entries = (long) ((double) all * wanted.length / layout.length);
            long[] ends = null;
            if (copied && entries * source.bytesPerEntry() > SMALLEST_SPLIT) {
                ColumnReader reader = ColumnReader.open(copy, wanted.clone(), null);
                ends = new long[wanted.length];
                for (int i = 0; i < ends.length; i++) {
                    ends[i] = (i == 0 ? 0 : ends[i - 1]) + reader.entries(i);
                }
                entries = ends[ends.length - 1];
            }
            return new Group(
                    dataset,
                    wanted,
                    totals.cells(),
                    totals.entries(),
                    entries,
                    source.bytesPerEntry(),
                    matrix,
                    copied,
                    ends);
        }

        long bytes() {
            return entries * bytesPerEntry + ROW_BYTES * wanted.length;
        }

        FeatureSplit.Part part(int from, int to) {
            return new FeatureSplit.Part(dataset, from, to, cells, stored, copied);
        }

        /** Every further range of a group without a copy reads its rows once more. */
        List<int[]> ranges(long target, long splitBytes) {
            long pieces = Math.max(1, bytes() / (matrix && !copied ? Math.max(target, splitBytes) : target));
            pieces = Math.min(pieces, Math.max(1, wanted.length));
            List<int[]> ranges = new ArrayList<>();
            int from = 0;
            for (long piece = 1; piece <= pieces; piece++) {
                int to = piece == pieces ? wanted.length : cut(piece, pieces, from);
                if (to > from) {
                    ranges.add(new int[] {from, to});
                    from = to;
                }
            }
            return ranges;
        }

        private int cut(long piece, long pieces, int from) {
            if (ends == null) {
                return (int) (piece * wanted.length / pieces);
            }
            long mark = (long) ((double) entries * piece / pieces);
            int to = from;
            while (to < ends.length && ends[to] <= mark) {
                to++;
            }
            return to;
        }
    }
}
