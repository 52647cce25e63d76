package io.hox.matrix;

/**
 * The numbers of a batch of cells. A row is either absent (its dataset lacks the feature space) or has {@link #length}
 * entries, which lie one after the other in the arrays of its {@link Segment}: indices from {@link #indexOffset}, the
 * values of every layer from {@link #valueOffset}. Arrays that accessors hand out must not be written to.
 */
public final class CellBlock {

    private final int rows;
    private final Segment[] segments;
    private final int[] rowSegments;
    private final int[] indexOffsets;
    private final int[] valueOffsets;
    private final int[] lengths;

    CellBlock(int rows, Segment[] segments, int[] rowSegments, int[] indexOffsets, int[] valueOffsets, int[] lengths) {
        this.rows = rows;
        this.segments = segments;
        this.rowSegments = rowSegments;
        this.indexOffsets = indexOffsets;
        this.valueOffsets = valueOffsets;
        this.lengths = lengths;
    }

    /** Number of rows, as many as pointers were read, in their order. */
    public int rows() {
        return rows;
    }

    /** Number of segments: the distinct groups of the block. */
    public int segments() {
        return segments.length;
    }

    /** A segment, by number. */
    public Segment segment(int segment) {
        return segments[segment];
    }

    /** The number of the row's segment; -1 when the cell has no data in this feature space (none, not zero entries). */
    public int segmentOf(int row) {
        return rowSegments[row];
    }

    /** Where the row's indices start in {@link Segment#indices}. */
    public int indexOffset(int row) {
        return indexOffsets[row];
    }

    /** Where the row's values start in each {@link Segment#layer}. */
    public int valueOffset(int row) {
        return valueOffsets[row];
    }

    /** Number of entries of the row; 0 when absent. */
    public int length(int row) {
        return lengths[row];
    }

    /** Number of entries of all rows. */
    public long entries() {
        long entries = 0;
        for (int row = 0; row < rows; row++) {
            entries += lengths[row];
        }
        return entries;
    }
}
