package io.hox.index;

import io.hox.store.IndexSort;
import java.util.Arrays;

/** As many cells as a task looks at together, ordered by group and row. */
final class CellPortion {
    private static final int MOST_CELLS = 1 << 17;

    private final int mostEntries;
    private int[] group = new int[1024];
    private int[] row = new int[1024];
    private long[] start = new long[1024];
    private int[] length = new int[1024];
    private int cells;
    private long entries;

    /** @param mostEntries entries of the cells, unless a single one has more */
    CellPortion(int mostEntries) {
        this.mostEntries = mostEntries;
    }

    /** Takes cells from where the cursor stands on, to the first that does not fit; false when there is none. */
    boolean fill(CellCursor cursor) {
        cells = 0;
        entries = 0;
        boolean more;
        do {
            add(cursor);
            more = cursor.next();
        } while (more && fits(cursor));
        sort();
        return more;
    }

    private boolean fits(CellCursor cursor) {
        return cells < MOST_CELLS && entries + cursor.end() - cursor.start() <= mostEntries;
    }

    private void add(CellCursor cursor) {
        if (cells == group.length) {
            int capacity = 2 * cells;
            group = Arrays.copyOf(group, capacity);
            row = Arrays.copyOf(row, capacity);
            start = Arrays.copyOf(start, capacity);
            length = Arrays.copyOf(length, capacity);
        }
        group[cells] = cursor.group();
        row[cells] = (int) cursor.row();
        start[cells] = cursor.start();
        length[cells] = (int) (cursor.end() - cursor.start());
        entries += length[cells++];
    }

    private void sort() {
        long[] keys = new long[cells];
        for (int i = 0; i < cells; i++) {
            keys[i] = (long) group[i] << Integer.SIZE | row[i] & 0xffffffffL;
        }
        int[] order = IndexSort.order(keys, cells);
        int[] newLength = new int[cells];
        long[] newStart = new long[cells];
        for (int i = 0; i < cells; i++) {
            newStart[i] = start[order[i]];
            newLength[i] = length[order[i]];
        }
        for (int i = 0; i < cells; i++) {
            long key = keys[order[i]];
            group[i] = (int) (key >> Integer.SIZE);
            row[i] = (int) key;
        }
        System.arraycopy(newStart, 0, start, 0, cells);
        System.arraycopy(newLength, 0, length, 0, cells);
    }

    int cells() {
        return cells;
    }

    int group(int cell) {
        return group[cell];
    }

    /** The cell's row in its group, an unsigned number. */
    int row(int cell) {
        return row[cell];
    }

    /** Entries of the cell. */
    int length(int cell) {
        return length[cell];
    }

    long start(int cell) {
        return start[cell];
    }

    /** Behind the last cell of the same group as this one. */
    int endOfGroup(int cell) {
        int to = cell + 1;
        while (to < cells && group[to] == group[cell]) {
            to++;
        }
        return to;
    }
}
