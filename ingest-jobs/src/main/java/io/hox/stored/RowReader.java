package io.hox.stored;

import io.hox.zarr.Values;

/** Reads rows of a two-dimensional array of numbers, in the manner of {@link NumberReader}. */
public interface RowReader extends AutoCloseable {
    /** The {@code n} whole rows from number {@code row} on, row after row; the caller has checked that they exist. */
    Values read(long row, int n);

    @Override
    void close();
}
