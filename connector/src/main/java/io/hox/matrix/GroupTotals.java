package io.hox.matrix;

/** What the selected cells of a sparse group are together, from their pointers. */
public final class GroupTotals {
    private long cells;
    private long entries;
    private long first = Long.MAX_VALUE;
    private long end;
    private long lastRow;
    private boolean sound = true;

    /** Adds a cell; what its pointer lacks is given as -1. */
    public void add(long start, long end, long zarrRow) {
        cells++;
        if (start < 0 || end < start || zarrRow < 0) {
            sound = false;
            return;
        }
        entries += end - start;
        first = Math.min(first, start);
        this.end = Math.max(this.end, end);
        lastRow = Math.max(lastRow, zarrRow);
    }

    /** These cells and others, of another table or column. */
    public GroupTotals plus(GroupTotals others) {
        GroupTotals sum = new GroupTotals();
        sum.cells = cells + others.cells;
        sum.entries = entries + others.entries;
        sum.first = Math.min(first, others.first);
        sum.end = Math.max(end, others.end);
        sum.lastRow = Math.max(lastRow, others.lastRow);
        sum.sound = sound && others.sound;
        return sum;
    }

    /** Number of cells. */
    public long cells() {
        return cells;
    }

    /** Stored entries of the cells whose pointers can be followed. */
    public long entries() {
        return entries;
    }

    /** Whether every pointer can be followed; the read itself says what is wrong with others. */
    boolean sound() {
        return sound;
    }

    /** The largest row number. */
    long lastRow() {
        return lastRow;
    }

    /**
     * Elements of one array that reading the cells takes: those of chunks that hold only other cells' entries are not
     * fetched.
     */
    long elements(int chunk) {
        long span = end - Math.min(first, end);
        return Math.min(span + chunk, entries + cells * (long) chunk);
    }
}
