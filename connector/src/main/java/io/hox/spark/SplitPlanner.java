package io.hox.spark;

import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.List;

/**
 * Cuts the rows that pass the filter into splits of about equal decoded size, in table order, so that the result does not
 * depend on their number.
 *
 * <p>Where arrays are read, the pointers say how large each cell is: the planner streams them once and holds only the list
 * of pieces. Without arrays all rows weigh the same.
 */
final class SplitPlanner {
    /** Smaller splits are not worth a task, unless the user asks for them. */
    private static final long SMALLEST_SPLIT = 4L << 20;

    private static final long FIRST_GRANULE = 256L << 10;
    private static final int COUNT_BATCH = 65_536;

    private final LanceTable obs;
    private final String filter;
    private final RowRange range;
    private final long splitBytes;
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
        this.splitBytes = plan.limits().splitBytes();
        this.parallelism = parallelism;
        this.bytesPerRow = ReadCost.bytesPerRow(plan.columns());
        this.pieces = new Pieces(Math.min(FIRST_GRANULE, splitBytes / 8));
    }

    /** @param costs tells the size of cells, null when no arrays are read */
    CellScanWork plan(CellReadPlan plan, PointerCosts costs) {
        List<FragmentInfo> fragments = obs.fragments();
        long largest = largestUncut(fragments);
        for (FragmentInfo fragment : fragments) {
            if (seen >= range.end()) {
                break;
            }
            if (costs != null) {
                stream(fragment, costs);
            } else if (filter == null) {
                addCounted(fragment.id(), fragment.rows());
            } else if (range.isAll() && fragment.rows() * bytesPerRow <= largest) {
                pieces.add(new Slice(fragment.id(), 0, Slice.UNKNOWN), fragment.rows() * bytesPerRow);
            } else {
                addCounted(fragment.id(), count(fragment));
            }
        }
        return new CellScanWork(plan, pieces.splits(splits()), pieces.totalRows(), pieces.totalBytes());
    }

    // Whether a fragment is worth cutting can't depend on how many of its rows pass the filter: that is not known yet.
    private long largestUncut(List<FragmentInfo> fragments) {
        long rows = 0;
        for (FragmentInfo fragment : fragments) {
            rows += fragment.rows();
        }
        return Math.min(splitBytes, Math.max(SMALLEST_SPLIT, rows * bytesPerRow / parallelism));
    }

    private long splits() {
        long even = (pieces.totalBytes() + parallelism - 1) / parallelism;
        long target = Math.min(splitBytes, Math.max(SMALLEST_SPLIT, even));
        return Math.max(1, (pieces.totalBytes() + target - 1) / target);
    }

    /** Adds the rows of a fragment that lie in the range, given how many pass the filter. */
    private void addCounted(int fragment, long rows) {
        long from = Math.max(0, range.offset() - seen);
        long to = Math.min(rows, range.end() - seen);
        seen += rows;
        if (from < to) {
            pieces.addEven(fragment, from, to - from, bytesPerRow);
        }
    }

    private long count(FragmentInfo fragment) {
        ScanRequest request = ScanRequest.ALL
                .withColumns(List.of())
                .withFilter(filter)
                .withFragments(List.of(fragment.id()))
                .withBatchSize(COUNT_BATCH);
        long rows = 0;
        try (LanceScan scan = obs.scan(request)) {
            while (seen + rows < range.end() && scan.next()) {
                rows += scan.batch().getRowCount();
            }
        }
        return rows;
    }

    private void stream(FragmentInfo fragment, PointerCosts costs) {
        ScanRequest request = ScanRequest.ALL
                .withColumns(costs.lanceColumns())
                .withFilter(filter)
                .withFragments(List.of(fragment.id()))
                .withBatchSize(COUNT_BATCH);
        long first = Math.max(0, range.offset() - seen);
        long end = range.end() - seen;
        long row = 0;
        long pieceStart = first;
        long bytes = 0;
        try (LanceScan scan = obs.scan(request)) {
            while (row < end && scan.next()) {
                costs.load(scan.batch());
                int rows = scan.batch().getRowCount();
                for (int i = 0; i < rows && row < end; i++, row++) {
                    if (row < first) {
                        continue;
                    }
                    // A change of group is the better place to cut: each group has shards of its own.
                    boolean full = bytes >= pieces.granule() || (bytes >= pieces.granule() / 2 && costs.startsGroup(i));
                    if (full) {
                        pieces.add(new Slice(fragment.id(), pieceStart, row - pieceStart), bytes);
                        pieceStart = row;
                        bytes = 0;
                    }
                    bytes += bytesPerRow + costs.bytes(i);
                }
            }
        }
        if (row > pieceStart) {
            pieces.add(new Slice(fragment.id(), pieceStart, row - pieceStart), bytes);
        }
        seen += row;
    }
}
