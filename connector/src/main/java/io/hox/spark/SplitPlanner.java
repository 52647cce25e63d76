package io.hox.spark;

import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Cuts the rows that pass the filter into splits of about equal decoded size: in table order, so that the result does not
 * depend on their number, unless the table's rows are shuffled so much that arrays would be read again and again.
 *
 * <p>Where arrays are read, the pointers say how large each cell is: the planner streams them once and holds only the list
 * of pieces. Without arrays all rows weigh the same.
 */
final class SplitPlanner {
    /** Smaller splits are not worth a task, unless the user asks for them. */
    private static final long SMALLEST_SPLIT = 4L << 20;

    private static final long FIRST_GRANULE = 256L << 10;
    /** Parts of groups in a split, so that splits can be even. */
    private static final int PARTS_PER_SPLIT = 64;

    private static final int PLANNING_BATCH = 65_536;
    /** Rows whose groups are looked at together. */
    private static final int WINDOW = 4 * PLANNING_BATCH;

    private static final String ADDRESS = "_rowaddr";
    /** A row's address holds its fragment above its place in it. */
    private static final int FRAGMENT_SHIFT = 32;

    private static final long OFFSET_MASK = 0xffffffffL;

    private final LanceTable obs;
    private final String filter;
    private final RowRange range;
    private final ReadLimits limits;
    private final int parallelism;
    private final long bytesPerRow;
    private final Pieces pieces;
    /** Rows that pass the filter in the fragments so far, up to where they matter. */
    private long seen;

    /** @param parallelism tasks that can run at once */
    SplitPlanner(LanceTable obs, CellReadPlan plan, RowRange range, int parallelism) {
        this.obs = obs;
        this.filter = plan.filter();
        this.range = range;
        this.limits = plan.limits();
        this.parallelism = parallelism;
        this.bytesPerRow = ReadCost.bytesPerRow(plan.columns());
        this.pieces = new Pieces(Math.min(FIRST_GRANULE, limits.splitBytes() / 8));
    }

    /** @param costs tells the size of cells, null when no arrays are read */
    CellScanWork plan(CellReadPlan plan, PointerCosts costs) {
        List<FragmentInfo> fragments = obs.fragments();
        List<CellSplit> splits = null;
        if (costs == null) {
            cutRows(fragments);
        } else {
            Cut cut = new Cut(costs, fragments);
            stream(fragments, costs.lanceColumns(), cut);
            splits = cut.splitsByGroup();
        }
        if (splits == null) {
            splits = pieces.splits(splits());
        }
        return new CellScanWork(plan, splits, pieces.totalRows(), pieces.totalBytes(), "");
    }

    private void cutRows(List<FragmentInfo> fragments) {
        long largest = largestUncut(fragments);
        for (FragmentInfo fragment : fragments) {
            if (seen >= range.end()) {
                break;
            }
            if (filter == null) {
                addCounted(fragment);
            } else if (range.isAll() && fragment.rows() * bytesPerRow <= largest) {
                pieces.add(new Slice(fragment.id(), 0, Slice.UNKNOWN), fragment.rows() * bytesPerRow, false);
            } else {
                stream(List.of(fragment), List.of(), new Cut(null, List.of(fragment)));
            }
        }
    }

    // Whether a fragment is worth cutting can't depend on how many of its rows pass the filter: that is not known yet.
    private long largestUncut(List<FragmentInfo> fragments) {
        long rows = 0;
        for (FragmentInfo fragment : fragments) {
            rows += fragment.rows();
        }
        return Math.min(limits.splitBytes(), Math.max(SMALLEST_SPLIT, rows * bytesPerRow / parallelism));
    }

    private long splits() {
        long even = (pieces.totalBytes() + parallelism - 1) / parallelism;
        long target = Math.min(limits.splitBytes(), Math.max(SMALLEST_SPLIT, even));
        return Math.max(1, (pieces.totalBytes() + target - 1) / target);
    }

    /** Adds the rows of a fragment that lie in the range. */
    private void addCounted(FragmentInfo fragment) {
        long from = Math.max(0, range.offset() - seen);
        long to = Math.min(fragment.rows(), range.end() - seen);
        seen += fragment.rows();
        if (from < to) {
            pieces.addEven(fragment.id(), from, to - from, bytesPerRow);
        }
    }

    private void stream(List<FragmentInfo> fragments, List<String> columns, Cut cut) {
        ScanRequest request = ScanRequest.ALL
                .withColumns(columns)
                .withFilter(filter)
                .withFragments(fragments.stream().map(FragmentInfo::id).toList())
                .withBatchSize(PLANNING_BATCH)
                .withRowAddresses();
        if (fragments.isEmpty()) {
            return;
        }
        try (LanceScan scan = obs.scan(request)) {
            while (seen + cut.waiting < range.end() && scan.next()) {
                cut.add(scan.batch());
            }
        }
        cut.drain();
        cut.close();
    }

    /** Collects the rows of fragments into pieces, and where arrays are read also into the parts of their groups. */
    private final class Cut {
        private final PointerCosts costs;
        private final List<FragmentInfo> fragments;
        private final GroupHistogram[] histograms;
        /** Rows that were added and not looked at yet. */
        private int waiting;

        private long[] addresses = new long[0];
        private int place = -1;
        private long row;
        private long start;
        private long rows;
        private long bytes;
        private boolean atShard;
        private int lastGroup = GroupIds.ABSENT;
        private long lastShard;
        private int window;
        private long windowRows;
        private long windowBytes;

        /** @param costs null when no arrays are read */
        Cut(PointerCosts costs, List<FragmentInfo> fragments) {
            this.costs = costs;
            this.fragments = fragments;
            // The rows of a range are those of the table's order, so they must be read in it.
            boolean byGroup = costs != null && range.isAll();
            this.histograms = new GroupHistogram[byGroup ? costs.columns().size() : 0];
            for (int i = 0; i < histograms.length; i++) {
                histograms[i] = new GroupHistogram(fragments.size());
            }
        }

        void add(VectorSchemaRoot batch) {
            int count = batch.getRowCount();
            UInt8Vector vector = (UInt8Vector) batch.getVector(ADDRESS);
            if (waiting + count > addresses.length) {
                addresses = Arrays.copyOf(addresses, Math.max(waiting + count, 2 * addresses.length));
            }
            for (int i = 0; i < count; i++) {
                addresses[waiting + i] = vector.get(i);
            }
            if (costs != null) {
                costs.add(batch);
            }
            waiting += count;
            if (waiting + PLANNING_BATCH > WINDOW) {
                drain();
            }
        }

        void drain() {
            if (costs != null) {
                costs.settle();
                for (int i = 0; i < histograms.length; i++) {
                    addGroups(histograms[i], costs.columns().get(i));
                }
            }
            for (int i = 0; i < waiting && seen < range.end(); i++) {
                look(i);
            }
            waiting = 0;
            if (costs != null) {
                costs.clear();
            }
        }

        private void addGroups(GroupHistogram histogram, PointerWindow column) {
            for (int id = histogram.size(); id < column.groups().size(); id++) {
                histogram.addGroup(column.unit(id, Math.max(1, limits.splitBytes() / PARTS_PER_SPLIT)));
            }
        }

        private void look(int i) {
            int fragment = (int) (addresses[i] >>> FRAGMENT_SHIFT);
            if (place < 0 || fragments.get(place).id() != fragment) {
                close();
                row = 0;
                do {
                    place++;
                } while (fragments.get(place).id() != fragment);
            }
            long before = row++;
            if (seen++ < range.offset()) {
                return;
            }
            long cell = bytesPerRow + (costs == null ? 0 : costs.bytes(i));
            // The start of a shard is the better place to cut: then no two tasks read its index and border chunk.
            boolean shard = costs != null && startsShard(costs.columns().get(0), i);
            if (bytes >= pieces.granule() || (shard && bytes >= pieces.granule() / 2)) {
                close();
            }
            if (rows++ == 0) {
                start = filter == null ? before : addresses[i] & OFFSET_MASK;
                atShard = shard;
            }
            bytes += cell;
            count(i, cell);
        }

        /** Whether the row's numbers begin in another shard, of this group or another, than those of the row before it. */
        private boolean startsShard(PointerWindow column, int i) {
            int group = column.group(i);
            if (group == GroupIds.ABSENT) {
                return false;
            }
            long shard = column.shard(i);
            boolean starts = group != lastGroup || shard != lastShard;
            lastGroup = group;
            lastShard = shard;
            return starts;
        }

        private void count(int i, long cell) {
            windowBytes += cell;
            if (windowRows++ == limits.batchRows() || windowBytes > limits.batchBytes()) {
                window++;
                windowRows = 1;
                windowBytes = cell;
            }
            for (int k = 0; k < histograms.length; k++) {
                PointerWindow column = costs.columns().get(k);
                int group = column.group(i);
                long from = group == GroupIds.ABSENT ? 0 : column.start(i);
                histograms[k].add(group, from, cell, place, window);
            }
        }

        void close() {
            if (rows > 0) {
                pieces.add(new Slice(fragments.get(place).id(), start, rows), bytes, atShard);
            }
            rows = 0;
            bytes = 0;
        }

        /** Null where the table's order is good enough. */
        List<CellSplit> splitsByGroup() {
            GroupHistogram scattered = null;
            PointerWindow column = null;
            for (int i = 0; i < histograms.length; i++) {
                GroupHistogram of = histograms[i];
                if (of.isScattered() && (scattered == null || of.bytes() > scattered.bytes())) {
                    scattered = of;
                    column = costs.columns().get(i);
                }
            }
            return scattered == null
                    ? null
                    : new GroupSplits(column, scattered, fragments, limits).splits(SplitPlanner.this.splits());
        }
    }
}
