package io.hox.spark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The parts of a split in order. On demand those that come next are prepared and their bytes asked for, so that they arrive
 * while the present one is decoded and used.
 */
final class ReadAhead implements AutoCloseable {
    /** Decoded bytes that are on their way at most, beside one part; encoded they are some 3 times fewer. */
    private static final long MAX_BYTES = 64L << 20;

    private static final int MAX_PARTS = 8;

    private final SplitRows rows;
    private final List<OutputColumn> columns;
    private final PointerReader[] readers;
    private final Deque<BatchPart> ahead = new ArrayDeque<>();
    private LoadedBatch batch;
    private RuntimeException failure;

    /**
     * @param rows closed with this
     * @param readers by column; null for metadata
     */
    ReadAhead(SplitRows rows, List<OutputColumn> columns, PointerReader[] readers) {
        this.rows = rows;
        this.columns = columns;
        this.readers = readers;
    }

    /** The next part, which the caller closes; null at the end of the split. */
    BatchPart next() {
        BatchPart part = ahead.poll();
        if (part == null && failure != null) {
            throw failure;
        }
        return part == null ? load() : part;
    }

    /** Asks for the bytes of the parts to come. A failure is kept for whoever gets as far. */
    void run() {
        long bytes = 0;
        for (Iterator<BatchPart> parts = ahead.iterator(); bytes < MAX_BYTES && parts.hasNext(); ) {
            bytes += parts.next().startWanted();
        }
        try {
            while (failure == null && bytes < MAX_BYTES && ahead.size() < MAX_PARTS) {
                BatchPart part = load();
                if (part == null) {
                    return;
                }
                ahead.add(part);
                bytes += part.startWanted();
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private BatchPart load() {
        if (batch == null || !batch.hasMore()) {
            // A batch without more rows belongs to its last part.
            batch = null;
            SelectedBatch selected = rows.next();
            if (selected == null) {
                return null;
            }
            try {
                batch = new LoadedBatch(selected, columns, readers);
            } catch (RuntimeException e) {
                selected.batch().close();
                throw e;
            }
        }
        return batch.next();
    }

    @Override
    public void close() {
        try {
            ahead.forEach(BatchPart::close);
            if (batch != null) {
                batch.close();
            }
        } finally {
            rows.close();
        }
    }
}
