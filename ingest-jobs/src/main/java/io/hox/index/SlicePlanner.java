package io.hox.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts the rows that some groups' cells are among into tasks of about equal work. Memory is bounded: when there are too
 * many pieces, neighbours are joined, and later ones get larger.
 */
final class SlicePlanner {
    private static final int MOST_PIECES = 4_096;
    private static final long FIRST_PIECE = 1 << 18;

    /** A cell costs something even without entries. */
    private static final long CELL_COST = 32;

    private List<Slice> pieces = new ArrayList<>();
    private List<Long> costs = new ArrayList<>();
    private long pieceCost = FIRST_PIECE;
    private int mostPieces = MOST_PIECES;
    private long total;

    /** @param extent rows to look at, in table order */
    SlicePlanner(List<PointerSource> sources, Map<String, Integer> groups, List<Slice> extent) {
        try (CellCursor cursor = new CellCursor(sources, groups, extent.iterator())) {
            Slice slice = null;
            long first = 0;
            long last = 0;
            long cost = 0;
            while (cursor.next()) {
                if (slice != cursor.slice() || cost >= pieceCost) {
                    add(slice, first, last, cost);
                    slice = cursor.slice();
                    first = cursor.place();
                    cost = 0;
                }
                last = cursor.place();
                cost += CELL_COST + cursor.end() - cursor.start();
            }
            add(slice, first, last, cost);
        }
    }

    private void add(Slice slice, long first, long last, long cost) {
        if (slice == null) {
            return;
        }
        pieces.add(new Slice(slice.source(), slice.fragment(), slice.offset() + first, last + 1 - first));
        costs.add(cost);
        total += cost;
        if (pieces.size() > mostPieces) {
            join();
        }
    }

    private void join() {
        pieceCost *= 2;
        List<Slice> fewer = new ArrayList<>();
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            int last = fewer.size() - 1;
            Slice slice = pieces.get(i);
            if (last >= 0 && adjoin(fewer.get(last), slice) && sums.get(last) + costs.get(i) <= pieceCost) {
                Slice before = fewer.get(last);
                long rows = slice.offset() + slice.rows() - before.offset();
                fewer.set(last, new Slice(before.source(), before.fragment(), before.offset(), rows));
                sums.set(last, sums.get(last) + costs.get(i));
            } else {
                fewer.add(slice);
                sums.add(costs.get(i));
            }
        }
        pieces = fewer;
        costs = sums;
        // Those of different fragments stay apart, however many there are.
        mostPieces = Math.max(MOST_PIECES, 2 * pieces.size());
    }

    private static boolean adjoin(Slice first, Slice second) {
        return first.source() == second.source() && first.fragment() == second.fragment();
    }

    /** Entries of all cells, about. */
    long cost() {
        return total;
    }

    /** The pieces, in order, in so many tasks or fewer. */
    List<List<Slice>> tasks(int tasks) {
        List<List<Slice>> packed = new ArrayList<>();
        long packedCost = 0;
        for (int i = 0; i < pieces.size(); i++) {
            if (packed.isEmpty() || packedCost * tasks >= packed.size() * total) {
                packed.add(new ArrayList<>());
            }
            packed.get(packed.size() - 1).add(pieces.get(i));
            packedCost += costs.get(i);
        }
        return packed;
    }
}
