package io.hox.zarr;

import io.hox.HoxException;

/**
 * An array that is being read. Thread-safe. What was never written (absent chunks and shards) reads as the fill value.
 * Failures are {@link HoxException}s that name the array, the shard and the chunk.
 */
public final class ZarrArray {
    ZarrArray() {}

    public String path() {
        throw new HoxException("");
    }

    public ArrayMetadata metadata() {
        throw new HoxException("");
    }

    public long[] shape() {
        throw new HoxException("");
    }

    public DataType type() {
        throw new HoxException("");
    }

    /**
     * Element ranges of a 1-D array, concatenated in the order given. Ranges may overlap; those that end before they
     * start are empty.
     *
     * @param n how many entries of the two arrays to use
     */
    public Values readRanges(long[] starts, long[] ends, int n) {
        throw new HoxException("");
    }

    /** The same into a given buffer from position {@code at} on. */
    public void readRanges(long[] starts, long[] ends, int n, Values into, int at) {
        throw new HoxException("");
    }

    /** Whole rows of axis 0, concatenated in the order given; rows may repeat. */
    public Values readRows(long[] rows, int n) {
        throw new HoxException("");
    }

    /** A half-open box over the leading axes, in C order; axes that are not given are read whole. */
    public Values readBox(long[] min, long[] max) {
        throw new HoxException("");
    }

    public Values readAll() {
        throw new HoxException("");
    }
}
