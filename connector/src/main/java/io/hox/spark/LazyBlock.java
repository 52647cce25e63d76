package io.hox.spark;

import io.hox.matrix.CellBlock;
import io.hox.matrix.CellPointers;
import io.hox.matrix.CellReader;
import io.hox.matrix.PendingBlock;

/** The numbers of some rows, read on first use; used by one task. */
final class LazyBlock implements AutoCloseable {

    /** Told what becomes of the blocks of a column. */
    interface Observer {
        /** Somebody wants to see the block; its bytes have been asked for. */
        void lookedAt();

        void read(CellBlock block);
    }

    private final CellReader reader;
    private final CellPointers pointers;
    private final int from;
    private final int to;
    private final Observer observer;
    private PendingBlock pending;
    private CellBlock block;
    private boolean closed;

    /** The rows {@code [from, to)} of the pointers. */
    LazyBlock(CellReader reader, CellPointers pointers, int from, int to, Observer observer) {
        this.reader = reader;
        this.pointers = pointers;
        this.from = from;
        this.to = to;
        this.observer = observer;
    }

    /** Entries that are read, as stored in one array. */
    long elements() {
        return reader.elements(pointers, from, to);
    }

    /** Asks for the bytes, where nobody did; whoever wants to see the numbers is told of failures again. */
    void start() {
        if (pending == null && block == null) {
            pending = reader.start(pointers, from, to);
        }
    }

    CellBlock get() {
        if (block == null) {
            if (closed) {
                throw new IllegalStateException("the batch of these rows is over");
            }
            start();
            observer.lookedAt();
            PendingBlock started = pending;
            pending = null;
            block = started.finish();
            observer.read(block);
        }
        return block;
    }

    /** Gives up what is on its way; what was read may be overwritten by blocks to come. */
    @Override
    public void close() {
        closed = true;
        if (pending != null) {
            pending.close();
            pending = null;
        }
        if (block != null) {
            reader.reuse(block);
            block = null;
        }
    }
}
