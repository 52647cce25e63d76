package io.hox.matrix;

import io.hox.zarr.Numbers;
import io.hox.zarr.Values;

/** Where the entries of some features lie in the arrays of a {@link ColumnCopy}. */
final class ColumnRanges {

    private final int[] locals;
    private final long[] starts;
    private final long[] ends;

    private ColumnRanges(int[] locals, long[] starts, long[] ends) {
        this.locals = locals;
        this.starts = starts;
        this.ends = ends;
    }

    /**
     * Reads the offsets of the features, and no others.
     *
     * @param locals ascending local indices, each once; given up by the caller
     * @throws io.hox.HoxException when offsets are not ascending or leave the arrays
     */
    static ColumnRanges read(ColumnCopy copy, int[] locals) {
        int n = locals.length;
        long[] from = new long[n];
        long[] to = new long[n];
        int runs = 0;
        for (int i = 0; i < n; i++) {
            if (i > 0 && locals[i] == locals[i - 1] + 1) {
                to[runs - 1]++;
            } else {
                from[runs] = locals[i];
                to[runs++] = locals[i] + 2L;
            }
        }
        Values offsets = copy.pointers().readRanges(from, to, runs);
        long[] starts = new long[n];
        long[] ends = new long[n];
        long length = copy.indices().shape()[0];
        long before = 0;
        for (int i = 0, at = 0; i < n; i++) {
            boolean follows = i > 0 && locals[i] == locals[i - 1] + 1;
            at += i > 0 && !follows ? 1 : 0;
            starts[i] = Numbers.longAt(offsets, at++);
            ends[i] = Numbers.longAt(offsets, at);
            if (starts[i] < before || ends[i] < starts[i] || ends[i] > length) {
                throw ColumnCopy.damaged("array " + copy.pointers().path() + " gives feature " + locals[i]
                        + " the elements [" + starts[i] + ", " + ends[i] + "), which are none of the " + length
                        + " elements of " + copy.indices().path() + " or belong to an earlier feature, too");
            }
            before = ends[i];
        }
        return new ColumnRanges(locals, starts, ends);
    }

    /** Number of features. */
    int size() {
        return locals.length;
    }

    /** The local index of the i-th feature. */
    int local(int i) {
        return locals[i];
    }

    /** The first element of the i-th feature. */
    long start(int i) {
        return starts[i];
    }

    /** The element after the last one of the i-th feature. */
    long end(int i) {
        return ends[i];
    }

    /** Stored entries of the i-th feature. */
    long entries(int i) {
        return ends[i] - starts[i];
    }

    /** Stored entries of all features. */
    long entries() {
        long entries = 0;
        for (int i = 0; i < locals.length; i++) {
            entries += entries(i);
        }
        return entries;
    }
}
