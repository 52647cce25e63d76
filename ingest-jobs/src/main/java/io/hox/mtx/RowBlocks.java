package io.hox.mtx;

import io.hox.HoxException;
import io.hox.source.RowBlock;
import io.hox.source.RowNormaliser;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.Arrays;

/** Makes blocks of whole rows of entries that come in the order of their rows. */
final class RowBlocks {
    /** Rows without entries take memory too. */
    private static final int MOST_ROWS = 1 << 18;
    /** A row may be longer than a block, but not endless. */
    private static final int LONGEST_ROW = 1 << 22;

    private final TextFile file;
    private final TripletLayout layout;
    private final int maxEntries;
    private final RowNormaliser normaliser;
    private final RowBlock.Consumer consumer;
    private int[] indptr = new int[1024];
    private int[] indices = new int[4096];
    private long[] bits = new long[4096];
    private int entries;
    private long firstRow;
    private int rows;

    RowBlocks(TextFile file, TripletLayout layout, long firstRow, int maxEntries, RowBlock.Consumer consumer) {
        this.file = file;
        this.layout = layout;
        this.firstRow = firstRow;
        this.maxEntries = maxEntries;
        this.consumer = consumer;
        this.normaliser = new RowNormaliser(what -> new HoxException(file + " " + what + "."));
    }

    /** Adds an entry; its row must not be before that of the last one. */
    void add(long row, int column, long value) {
        if (row < firstRow + rows) {
            throw new HoxException(file + " changed while it was read. Try again when it is complete.");
        }
        endRowsBefore(row);
        if (entries >= maxEntries && rows > 0) {
            flush();
        }
        if (entries == indices.length) {
            grow(row);
        }
        indices[entries] = column;
        bits[entries++] = value;
    }

    /** Ends the last rows; returns how many rows had entries out of order or more than once. */
    long finish(long to) {
        endRowsBefore(to);
        flush();
        return normaliser.rows();
    }

    private void endRowsBefore(long row) {
        while (firstRow + rows < row) {
            if (rows == MOST_ROWS) {
                flush();
            }
            if (++rows == indptr.length) {
                indptr = Arrays.copyOf(indptr, 2 * rows);
            }
            indptr[rows] = entries;
        }
    }

    private void grow(long row) {
        if (entries - indptr[rows] >= Math.max(LONGEST_ROW, layout.features())) {
            throw new HoxException(file + " has more than " + entries + " entries for cell " + row
                    + " (counted from 0) but only " + layout.features() + " features. The file is damaged.");
        }
        int larger = Math.max(entries + 1, (int) Math.min(2L * entries, Integer.MAX_VALUE - 8));
        indices = Arrays.copyOf(indices, larger);
        bits = Arrays.copyOf(bits, larger);
    }

    /** Gives the rows that are complete; what there is of the one after them moves to the front. */
    private void flush() {
        if (rows == 0) {
            return;
        }
        int n = indptr[rows];
        consumer.accept(
                normaliser.normalise(firstRow, Arrays.copyOf(indptr, rows + 1), Arrays.copyOf(indices, n), values(n)));
        entries -= n;
        System.arraycopy(indices, n, indices, 0, entries);
        System.arraycopy(bits, n, bits, 0, entries);
        firstRow += rows;
        rows = 0;
    }

    private Values values(int n) {
        DataType type = layout.values().type();
        if (type == DataType.INT64) {
            return Values.of(type, Arrays.copyOf(bits, n));
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = Double.longBitsToDouble(bits[i]);
        }
        return Values.of(type, values);
    }
}
