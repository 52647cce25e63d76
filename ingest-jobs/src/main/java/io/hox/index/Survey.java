package io.hox.index;

import io.hox.atlas.AtlasView;
import io.hox.atlas.PointerColumn;
import io.hox.lance.FragmentInfo;
import io.hox.lance.LanceTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks once at all pointers of a snapshot, on the driver: which cells of which groups there are, and where in the tables.
 * Memory grows with groups and fragments alone.
 */
final class Survey {
    private final List<PointerSource> sources = new ArrayList<>();
    /** All fragments of all sources, whole, in table order. */
    private final List<Slice> fragments = new ArrayList<>();

    /** @param spaces feature spaces whose pointers matter */
    Survey(AtlasView view, Set<String> spaces) {
        for (String table : view.snapshot().obsTables().keySet()) {
            for (PointerColumn pointer : view.pointers(table)) {
                if (spaces.contains(pointer.featureSpace())) {
                    add(view.obs(table), pointer);
                }
            }
        }
    }

    private void add(LanceTable table, PointerColumn pointer) {
        for (FragmentInfo fragment : table.fragments()) {
            if (fragment.rows() > 0) {
                fragments.add(new Slice(sources.size(), fragment.id(), 0, fragment.rows()));
            }
        }
        sources.add(new PointerSource(table.ref(), pointer));
    }

    /** The pointer columns that were looked at. */
    List<PointerSource> sources() {
        return sources;
    }

    /** What is known of one group's cells. */
    static final class Cells {
        private final RowChain chain = new RowChain();
        /** First and last row that points to the group, counted over all fragments of all sources. */
        private long first = -1;

        private long last;

        RowChain chain() {
            return chain;
        }

        /** Where the group's first cell is among all rows that were looked at; -1 without cells. */
        long first() {
            return first;
        }
    }

    /** Looks at all cells of some groups, whose numbers are their places in the list. */
    List<Cells> run(List<String> groups) {
        List<Cells> cells = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (String group : groups) {
            numbers.put(group, numbers.size());
            cells.add(new Cells());
        }
        Map<Slice, Long> before = new HashMap<>();
        long rows = 0;
        for (Slice fragment : fragments) {
            before.put(fragment, rows);
            rows += fragment.rows();
        }
        try (CellCursor cursor = new CellCursor(sources, numbers, fragments.iterator())) {
            Slice slice = null;
            long sliceStart = 0;
            while (cursor.next()) {
                if (slice != cursor.slice()) {
                    slice = cursor.slice();
                    sliceStart = before.get(slice);
                }
                Cells own = cells.get(cursor.group());
                own.chain.add(cursor.start(), cursor.end(), cursor.row());
                own.last = sliceStart + cursor.place();
                own.first = own.first < 0 ? own.last : own.first;
            }
        }
        return cells;
    }

    /** The rows among which the cells of some groups are. */
    List<Slice> extent(List<Cells> groups) {
        long first = groups.stream().mapToLong(cells -> cells.first).min().orElse(0);
        long last = groups.stream().mapToLong(cells -> cells.last).max().orElse(-1);
        List<Slice> extent = new ArrayList<>();
        long before = 0;
        for (Slice fragment : fragments) {
            long from = Math.max(0, first - before);
            long to = Math.min(fragment.rows(), last + 1 - before);
            if (from < to) {
                extent.add(new Slice(fragment.source(), fragment.fragment(), from, to - from));
            }
            before += fragment.rows();
        }
        return extent;
    }
}
