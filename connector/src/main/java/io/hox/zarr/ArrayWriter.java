package io.hox.zarr;

import io.hox.HoxException;
import java.io.Closeable;

/**
 * Writes an array from its first element to its last, in C order, holding one chunk in memory. The array appears with
 * {@link #finish()}; closing without it is an abort. Not thread-safe.
 */
public final class ArrayWriter implements Closeable {
    ArrayWriter() {}

    /** Appends {@code n} elements from position {@code off} on. */
    public void append(Values v, int off, int n) {
        throw new HoxException("");
    }

    /** Elements appended so far. */
    public long elements() {
        throw new HoxException("");
    }

    /** Writes the last shard, padded, and the document with the exact shape. */
    public void finish() {
        throw new HoxException("");
    }

    /** Gives up and removes the shards that were written; never throws. */
    public void abort() {}

    @Override
    public void close() {}
}
