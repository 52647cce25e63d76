package io.hox.stored;

/** Cuts rows into runs of a bounded number of entries. */
final class RowWindows {
    /** More entries than this in one row are taken for damage, unless the matrix has as many columns. */
    private static final int LONGEST_ROW = 1 << 26;

    private RowWindows() {}

    /** The end of the longest run from {@code row} on with at most {@code most} entries, but at least one row. */
    static int next(long[] offsets, int row, int end, long most) {
        int next = row + 1;
        while (next < end && offsets[next + 1] - offsets[row] <= most) {
            next++;
        }
        return next;
    }

    /** The entries of a run, where they fit one array; {@code first} is the number of the row of offset 0. */
    static int entries(SparseMatrix matrix, long first, long[] offsets, int row, int next) {
        long n = offsets[next] - offsets[row];
        if (n > Math.max(LONGEST_ROW, matrix.columns()) && next == row + 1) {
            throw matrix.group()
                    .failure("has " + n + " entries in row " + (first + row) + " but only " + matrix.columns()
                            + " columns. The file is damaged");
        }
        return (int) n;
    }
}
