package io.hox.spark;

import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.List;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;

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
    private static final int PLANNING_BATCH = 65_536;
    private static final String ADDRESS = "_rowaddr";
    /** A row's address holds its fragment above its place in it. */
    private static final long OFFSET_MASK = 0xffffffffL;

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
            if (costs == null && filter == null) {
                addCounted(fragment);
            } else if (costs == null && range.isAll() && fragment.rows() * bytesPerRow <= largest) {
                pieces.add(new Slice(fragment.id(), 0, Slice.UNKNOWN), fragment.rows() * bytesPerRow, false);
            } else {
                stream(fragment, costs);
            }
        }
        return new CellScanWork(plan, pieces.splits(splits()), pieces.totalRows(), pieces.totalBytes(), "");
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

    /** Adds the rows of a fragment that lie in the range. */
    private void addCounted(FragmentInfo fragment) {
        long from = Math.max(0, range.offset() - seen);
        long to = Math.min(fragment.rows(), range.end() - seen);
        seen += fragment.rows();
        if (from < to) {
            pieces.addEven(fragment.id(), from, to - from, bytesPerRow);
        }
    }

    private void stream(FragmentInfo fragment, PointerCosts costs) {
        ScanRequest request = ScanRequest.ALL
                .withColumns(costs == null ? List.of() : costs.lanceColumns())
                .withFilter(filter)
                .withFragments(List.of(fragment.id()))
                .withBatchSize(PLANNING_BATCH)
                .withRowAddresses();
        Cut cut = new Cut(fragment.id());
        try (LanceScan scan = obs.scan(request)) {
            while (seen < range.end() && scan.next()) {
                if (costs != null) {
                    costs.load(scan.batch());
                }
                cut.rows(scan.batch(), costs);
            }
        }
        cut.close();
    }

    /** Collects the rows of a fragment into pieces. */
    private final class Cut {
        private final int fragment;
        private long row;
        private long start;
        private long rows;
        private long bytes;
        private boolean atShard;

        Cut(int fragment) {
            this.fragment = fragment;
        }

        void rows(VectorSchemaRoot batch, PointerCosts costs) {
            UInt8Vector addresses = (UInt8Vector) batch.getVector(ADDRESS);
            int count = batch.getRowCount();
            for (int i = 0; i < count && seen < range.end(); i++, row++) {
                if (seen++ < range.offset()) {
                    continue;
                }
                long cell = bytesPerRow + (costs == null ? 0 : costs.bytes(i));
                // The start of a shard is the better place to cut: then no two tasks read its index and border chunk.
                boolean shard = costs != null && costs.startsShard();
                if (bytes >= pieces.granule() || (shard && bytes >= pieces.granule() / 2)) {
                    close();
                }
                if (rows++ == 0) {
                    start = filter == null ? row : addresses.get(i) & OFFSET_MASK;
                    atShard = shard;
                }
                bytes += cell;
            }
        }

        void close() {
            pieces.add(new Slice(fragment, start, rows), bytes, atShard);
            rows = 0;
            bytes = 0;
        }
    }
}
