package io.hox.source;

import io.hox.HoxException;
import io.hox.zarr.Values;
import java.util.Arrays;
import java.util.function.Function;

/** Brings rows into canonical form, indices ascending and distinct, and counts those that were not. */
public final class RowNormaliser {
    private final Function<String, HoxException> failure;
    private long rows;

    /** @param failure makes the exception for what is wrong with the matrix, naming it */
    public RowNormaliser(Function<String, HoxException> failure) {
        this.failure = failure;
    }

    /** Rows so far that were not canonical. */
    public long rows() {
        return rows;
    }

    /** The block of these rows; the arrays are changed in place and, where entries fell away, shortened. */
    public RowBlock normalise(long firstRow, int[] indptr, int[] indices, Values values) {
        int n = indptr.length - 1;
        long before = rows;
        for (int row = 0; row < n; row++) {
            if (!ascends(indices, indptr[row], indptr[row + 1])) {
                sort(indices, values, indptr[row], indptr[row + 1]);
                rows++;
            }
        }
        if (rows == before) {
            return new RowBlock(firstRow, n, indptr, indices, values);
        }
        int kept = sumDuplicates(firstRow, indptr, indices, values);
        if (kept == indices.length) {
            return new RowBlock(firstRow, n, indptr, indices, values);
        }
        return new RowBlock(firstRow, n, indptr, Arrays.copyOf(indices, kept), ValueArrays.slice(values, 0, kept));
    }

    private static boolean ascends(int[] indices, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (indices[i - 1] >= indices[i]) {
                return false;
            }
        }
        return true;
    }

    /** A stable sort: duplicates keep the order of the file, so that sums of floats do not depend on chance. */
    private static void sort(int[] indices, Values values, int from, int to) {
        int n = to - from;
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            keys[i] = (long) indices[from + i] << 32 | i;
        }
        Arrays.sort(keys);
        int[] targets = new int[n];
        for (int i = 0; i < n; i++) {
            indices[from + i] = (int) (keys[i] >>> 32);
            targets[(int) keys[i]] = from + i;
        }
        ValueArrays.scatter(ValueArrays.slice(values, from, n), targets, n, values);
    }

    private int sumDuplicates(long firstRow, int[] indptr, int[] indices, Values values) {
        int kept = 0;
        int from = 0;
        for (int row = 0; row < indptr.length - 1; row++) {
            int to = indptr[row + 1];
            int start = kept;
            for (int i = from; i < to; i++) {
                if (kept > start && indices[kept - 1] == indices[i]) {
                    if (!ValueArrays.add(values, kept - 1, i)) {
                        throw failure.apply("has several entries for row " + (firstRow + row) + ", column "
                                + indices[i] + " whose sum does not fit "
                                + values.type().zarrName()
                                + ". Sum duplicates in a wider type before");
                    }
                } else {
                    indices[kept] = indices[i];
                    ValueArrays.copy(values, i, values, kept, 1);
                    kept++;
                }
            }
            from = to;
            indptr[row + 1] = kept;
        }
        return kept;
    }
}
