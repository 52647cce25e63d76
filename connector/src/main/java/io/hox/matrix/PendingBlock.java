package io.hox.matrix;

/**
 * A block whose reading was started: from remote stores the bytes of all its groups and layers are on their way. Belongs
 * to the thread of its reader; the numbers are made when they are asked for.
 */
public final class PendingBlock implements AutoCloseable {

    private final PendingSegment[] pending;
    private final int[] rowSegments;

    PendingBlock(PendingSegment[] pending, int[] rowSegments) {
        this.pending = pending;
        this.rowSegments = rowSegments;
    }

    /**
     * The block. Can be asked for once; closes what was started.
     *
     * @throws io.hox.HoxException as {@link CellReader#read} does
     */
    public CellBlock finish() {
        try {
            int rows = rowSegments.length;
            CellReader.Layout layout = new CellReader.Layout(rows);
            Segment[] segments = new Segment[pending.length];
            for (int s = 0; s < segments.length; s++) {
                segments[s] = pending[s].finish(layout);
            }
            return new CellBlock(rows, segments, rowSegments, layout.indexOffsets, layout.valueOffsets, layout.lengths);
        } finally {
            close();
        }
    }

    /** Gives up what is still on its way; does nothing where nothing is. */
    @Override
    public void close() {
        closeAll(pending);
    }

    /** @param pending those that were not started are null */
    static void closeAll(PendingSegment[] pending) {
        for (PendingSegment segment : pending) {
            if (segment != null) {
                segment.close();
            }
        }
    }
}
