package io.hox.matrix;

/** The rows of one group in a block that was started. */
interface PendingSegment extends AutoCloseable {

    /** Waits for the bytes, makes numbers of them and notes where each row starts. Called once. */
    Segment finish(CellReader.Layout layout);

    /** Gives up what is still on its way; does nothing where nothing is. */
    @Override
    default void close() {}
}
