package io.hox.zarr;

import io.hox.HoxException;
import io.hox.store.ByteSlice;
import java.util.Arrays;
import java.util.Objects;

/**
 * An array that is being read. Thread-safe. What was never written (absent chunks and shards) reads as the fill value.
 * Failures are {@link HoxException}s that name the array, the shard and the chunk.
 *
 * <p>A call fetches near chunks together and decodes each chunk once. It holds its result, one coalesced request (of remote
 * stores 64 MiB of them) and one chunk in memory, and a plan of 24 bytes for every piece of a chunk.
 */
public final class ZarrArray {
    /** Java arrays end a little before 2^31. */
    private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    private final ZarrHierarchy hierarchy;
    private final String path;
    private final ArrayMetadata metadata;
    private final Grid grid;

    ZarrArray(ZarrHierarchy hierarchy, String path, ArrayMetadata metadata) {
        this.hierarchy = hierarchy;
        this.path = path;
        this.metadata = metadata;
        this.grid = metadata.grid();
    }

    /** The array's path below the root. */
    public String path() {
        return path;
    }

    /** The array's document. */
    public ArrayMetadata metadata() {
        return metadata;
    }

    /** The length of every axis. */
    public long[] shape() {
        return metadata.shape();
    }

    /** The type of the elements. */
    public DataType type() {
        return metadata.type();
    }

    /**
     * Element ranges of a 1-D array, concatenated in the order given. Ranges may overlap; those that end before they
     * start are empty.
     *
     * @param n how many entries of the two arrays to use
     */
    public Values readRanges(long[] starts, long[] ends, int n) {
        try (PendingRead read = startRanges(starts, ends, n)) {
            return read.get();
        }
    }

    /**
     * The same into a given buffer from position {@code at} on.
     *
     * @throws IllegalArgumentException when the buffer holds another type or is too small
     */
    public void readRanges(long[] starts, long[] ends, int n, Values into, int at) {
        try (PendingRead read = startRanges(starts, ends, n)) {
            read.into(into, at);
        }
    }

    /** Starts what {@link #readRanges} does. The caller closes the read, or asks for its values. */
    public PendingRead startRanges(long[] starts, long[] ends, int n) {
        if (grid.shape.length != 1) {
            throw new HoxException(where() + " has the shape " + Arrays.toString(grid.shape)
                    + "; element ranges are for arrays of one axis");
        }
        Segments segments = new Segments();
        long total = 0;
        for (int i = 0; i < n; i++) {
            if (starts[i] < ends[i]) {
                checkInside(starts[i], ends[i], 0);
                int out = (int) total;
                total += ends[i] - starts[i];
                checkTotal(total);
                segments.addRange(starts[i], ends[i], grid.chunkElements, out);
            }
        }
        return start(segments, total);
    }

    /** Whole rows of axis 0, concatenated in the order given; rows may repeat. */
    public Values readRows(long[] rows, int n) {
        try (PendingRead read = startRows(rows, n)) {
            return read.get();
        }
    }

    /** Starts what {@link #readRows} does. The caller closes the read, or asks for its values. */
    public PendingRead startRows(long[] rows, int n) {
        checkHasAxes();
        long rowElements = grid.rowElements();
        long total = Math.multiplyHigh(rowElements, n) != 0 ? Long.MAX_VALUE : rowElements * n;
        checkTotal(total);
        Segments segments = new Segments();
        int out = 0;
        boolean wholeRows = grid.hasWholeRows();
        for (int i = 0; i < n; i++) {
            checkInside(rows[i], rows[i] + 1, 0);
            if (wholeRows) {
                long start = rows[i] * rowElements;
                segments.addRange(start, start + rowElements, grid.chunkElements, out);
            } else {
                long[] min = new long[grid.shape.length];
                long[] max = grid.shape.clone();
                min[0] = rows[i];
                max[0] = rows[i] + 1;
                new BoxPlanner(grid, min, max).plan(segments, out);
            }
            out += (int) rowElements;
        }
        return start(segments, total);
    }

    /**
     * A half-open box over the leading axes, in C order; axes that are not given are read whole.
     *
     * @param min inclusive, one entry per given axis
     * @param max exclusive, as many
     */
    public Values readBox(long[] min, long[] max) {
        if (min.length != max.length || min.length > grid.shape.length) {
            throw new HoxException(where() + " has " + grid.shape.length + " axes; the box " + Arrays.toString(min)
                    + " to " + Arrays.toString(max) + " does not fit them");
        }
        long[] from = new long[grid.shape.length];
        long[] to = grid.shape.clone();
        long total = 1;
        for (int k = 0; k < to.length; k++) {
            if (k < min.length) {
                checkInside(min[k], max[k], k);
                from[k] = min[k];
                to[k] = max[k];
            }
            // The array has less than 2^63 elements, so this cannot overflow.
            total *= to[k] - from[k];
        }
        checkTotal(total);
        Segments segments = new Segments();
        new BoxPlanner(grid, from, to).plan(segments, 0);
        try (PendingRead read = start(segments, total)) {
            return read.get();
        }
    }

    /** All elements in C order. @throws HoxException when they are too many for a Java array */
    public Values readAll() {
        return readBox(new long[0], new long[0]);
    }

    /**
     * The bytes of one chunk of a 1-D array, decoded but for the step that makes elements of them: for elements that no
     * {@link DataType} stands for.
     *
     * @param chunk its number along the axis
     * @param limit the most bytes that it may have
     * @return null when it was never written
     */
    public ByteSlice readChunk(long chunk, int limit) {
        return new ChunkBytes(hierarchy, this).read(chunk, limit);
    }

    private PendingRead start(Segments segments, long elements) {
        return PendingRead.start(hierarchy, new ReadPlan(this, segments, (int) elements));
    }

    private void checkHasAxes() {
        if (grid.shape.length == 0) {
            throw new HoxException(where() + " has no axes, and so no rows");
        }
    }

    private void checkInside(long start, long end, int axis) {
        if (start < 0 || end < start || end > grid.shape[axis]) {
            throw new HoxException(where() + ": [" + start + ", " + end + ") is not inside axis " + axis + " of length "
                    + grid.shape[axis]);
        }
    }

    private void checkTotal(long total) {
        if (total > MAX_ELEMENTS) {
            throw new HoxException(where() + ": one read can return " + MAX_ELEMENTS
                    + " elements, more were asked for: read less at a time");
        }
    }

    String shardKey(long shard) {
        return metadata.keys().key(path, grid.shardCoordinates(shard));
    }

    private String where() {
        return "array '" + path + "' in store " + hierarchy.store().uri();
    }

    String where(String shardKey) {
        return where() + ", " + (metadata.isSharded() ? "shard" : "object") + " '" + shardKey + "'";
    }

    @Override
    public String toString() {
        return "ZarrArray[" + path + ", " + type().zarrName() + Arrays.toString(grid.shape) + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ZarrArray array && array.hierarchy == hierarchy && array.path.equals(path);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path);
    }
}
