package io.hox.zarr;

import io.hox.HoxException;
import java.io.Closeable;
import java.util.Arrays;

/**
 * Writes an array from its first element to its last, in C order, holding one chunk in memory. The array appears with
 * {@link #finish()}; closing without it is an abort. Not thread-safe.
 *
 * <p>Every shard up to the end is stored, even one that holds nothing but the fill value, because other readers fail
 * without its object; chunks that hold nothing else are left out of it.
 */
public final class ArrayWriter implements Closeable {
    private final ZarrHierarchy hierarchy;
    private final String path;
    private final ArrayMetadata template;
    private final Grid grid;
    private final ShardWriter shards;
    private final boolean ownsDocument;
    private final long rowElements;

    private Values buffer;
    private int buffered;
    private long elements;
    private boolean done;

    ArrayWriter(ZarrHierarchy hierarchy, String path, ArrayMetadata template, long firstShard, boolean ownsDocument) {
        this.hierarchy = hierarchy;
        this.path = path;
        this.template = template;
        this.grid = template.grid();
        if (grid.shape.length == 0 || !grid.hasWholeRows()) {
            throw new HoxException("array '" + path + "' cannot be written from start to end: chunks "
                    + Arrays.toString(grid.chunk) + " must span all axes but the first of the shape "
                    + Arrays.toString(grid.shape));
        }
        this.rowElements = grid.rowElements();
        this.shards = new ShardWriter(hierarchy.store(), path, template, firstShard);
        this.ownsDocument = ownsDocument;
    }

    /**
     * Appends {@code n} elements from position {@code off} on.
     *
     * @throws IllegalArgumentException when they are of another type
     */
    public void append(Values v, int off, int n) {
        if (done) {
            throw new IllegalStateException("array '" + path + "' is finished");
        }
        if (v.type() != template.type()) {
            throw new IllegalArgumentException("array '" + path + "' takes "
                    + template.type().zarrName() + ", not " + v.type().zarrName());
        }
        if (off < 0 || n < 0 || off > v.length() - n) {
            throw new IndexOutOfBoundsException(off + " + " + n + " of " + v.length());
        }
        int at = off;
        int left = n;
        while (left > 0) {
            if (buffered == 0 && left >= grid.chunkElements) {
                shards.write(v, at);
                at += grid.chunkElements;
                left -= grid.chunkElements;
            } else {
                int taken = Math.min(left, grid.chunkElements - buffered);
                buffer().copyFrom(v, at, buffered, taken);
                buffered += taken;
                at += taken;
                left -= taken;
                if (buffered == grid.chunkElements) {
                    shards.write(buffer, 0);
                    buffered = 0;
                }
            }
        }
        elements += n;
    }

    private Values buffer() {
        if (buffer == null) {
            buffer = Values.allocate(template.type(), grid.chunkElements);
        }
        return buffer;
    }

    /** Elements appended so far. */
    public long elements() {
        return elements;
    }

    /**
     * Writes the last shard, padded, and the document with the exact shape.
     *
     * @throws HoxException when the last row is not complete
     */
    public void finish() {
        if (done) {
            return;
        }
        if (rowElements > 0 && elements % rowElements != 0) {
            throw new HoxException("array '" + path + "' received " + elements + " elements, which is no multiple of "
                    + rowElements + ", the elements of a row");
        }
        if (buffered > 0) {
            buffer.fill(template.fillBits(), buffered, grid.chunkElements);
            shards.write(buffer, 0);
            buffered = 0;
        }
        shards.finish();
        if (ownsDocument) {
            long[] shape = template.shape();
            shape[0] = rowElements == 0 ? 0 : elements / rowElements;
            hierarchy.writeDocument(path, template.withShape(shape));
        }
        done = true;
    }

    /**
     * Gives up; never throws. The shards that were completed are removed, unless other writers share the array: then
     * another attempt at the same task may have written them, with the same bytes, and count on them.
     */
    public void abort() {
        if (done) {
            return;
        }
        done = true;
        shards.abort();
        if (ownsDocument) {
            shards.delete();
        }
    }

    /** Does nothing after {@link #finish()}, else the same as {@link #abort()}. */
    @Override
    public void close() {
        abort();
    }
}
