package io.hox.matrix;

/**
 * Where the entries of a segment's rows come from: the result of putting raw rows along a {@link Remap}.
 *
 * <p>There are {@code kept} raw entries, ordered by (row, global index), and {@code count} distinct entries after equal
 * indices of a row were joined. Without repeated indices the two are the same and {@link #runs} is null.
 */
final class Entries {

    /** Global index of each distinct entry; may be longer than {@link #count}. */
    int[] indices;
    /** Number of distinct entries. */
    int count;
    /** Row {@code r} has the distinct entries {@code [offsets[r], offsets[r + 1])}. */
    int[] offsets;

    /** Raw position of each kept entry; null where all raw entries are kept in their order. */
    int[] from;
    /** Number of kept raw entries. */
    int kept;
    /** Row {@code r} has the kept entries {@code [keptOffsets[r], keptOffsets[r + 1])}. */
    int[] keptOffsets;

    /** Distinct entry {@code i} joins the kept entries {@code [runs[i], runs[i + 1])}; null where each is one. */
    int[] runs;

    /** The row that holds a distinct entry. */
    int rowOf(int entry) {
        return rowAt(offsets, entry);
    }

    /** The row that holds a kept entry. */
    int rowOfKept(int entry) {
        return rowAt(keptOffsets, entry);
    }

    /** The global index of a kept entry. */
    int indexOfKept(int entry) {
        int row = rowOfKept(entry);
        if (runs == null) {
            return indices[entry];
        }
        int i = offsets[row];
        while (runs[i + 1] <= entry) {
            i++;
        }
        return indices[i];
    }

    private static int rowAt(int[] offsets, int entry) {
        int low = 0;
        int high = offsets.length - 2;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (offsets[middle] <= entry) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
