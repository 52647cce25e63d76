package io.hox.index;

/**
 * Whether cells make up a whole group: rows 0 to n-1, each once, each beginning at the element where the one before ends,
 * from the first element to the last. Told in constant memory, whatever the order of the cells, by a sum of hashes: each
 * cell adds the place where it begins and subtracts the place where it ends, and only in a whole all but the first and the
 * last of them cancel out.
 */
final class RowChain {
    /** Row numbers of a copy have 32 bits. */
    private static final long MOST_ROWS = 1L << 32;

    /** Entries of a cell that a task can hold; a thousand times those of any real one. */
    private static final long MOST_OF_A_CELL = 1 << 24;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long cells;
    private long entries;
    private long lastRow = -1;
    private long sum;
    private long broken;
    private long longest;

    /** Adds a cell as its pointer stands in the table; -1 stands for what it lacks. */
    void add(long start, long end, long row) {
        cells++;
        if (start < 0 || end < start || row < 0) {
            broken++;
            return;
        }
        entries += end - start;
        lastRow = Math.max(lastRow, row);
        longest = Math.max(longest, end - start);
        sum += hash(start, row) - hash(end, row + 1);
    }

    /** Cells added. */
    long cells() {
        return cells;
    }

    /** Rows of the group, if the cells are all of them. */
    long rows() {
        return lastRow + 1;
    }

    /**
     * What is wrong.
     *
     * @param stored elements of the group's arrays
     * @return null when the cells are the whole group
     */
    String problem(long stored) {
        if (cells == 0) {
            return "no cell of the latest snapshot points to it";
        }
        if (broken > 0) {
            return String.format("%,d of its %,d cells have no sound range of elements", broken, cells);
        }
        if (cells < rows()) {
            return String.format(
                    "the latest snapshot has %,d of its %,d rows: some of its cells were deleted", cells, rows());
        }
        if (entries < stored) {
            return String.format(
                    "the %,d cells of the latest snapshot have %,d of its %,d entries: some of its cells were deleted",
                    cells, entries, stored);
        }
        if (cells > rows() || entries > stored || sum != hash(0, 0) - hash(stored, rows())) {
            return "its cells overlap, or do not lie in the order of their rows";
        }
        if (rows() > MOST_ROWS) {
            return String.format("it has %,d rows, more than the row numbers of a copy can tell apart", rows());
        }
        return longest <= MOST_OF_A_CELL
                ? null
                : String.format("one of its cells has %,d entries; %,d can be sorted", longest, MOST_OF_A_CELL);
    }

    private static long hash(long element, long row) {
        return mix(mix(element + GOLDEN) ^ (row * GOLDEN + 1));
    }

    /** The finisher of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
