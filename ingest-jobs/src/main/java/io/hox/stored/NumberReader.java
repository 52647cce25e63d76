package io.hox.stored;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;

/**
 * Reads ranges of a one-dimensional array of numbers. What is decoded to read a range is kept as long as it may serve
 * the next: ranges in ascending order decode nothing twice. Readers of a closed file need no closing.
 */
public interface NumberReader extends AutoCloseable {
    DataType type();

    long length();

    /** Reads {@code n} elements from number {@code from} on; the caller has checked that they exist. */
    void read(long from, int n, Values into, int at);

    @Override
    void close();
}
