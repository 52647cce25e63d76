package io.hox.store;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what goes to and comes from a store. Thread-safe; several stores may share one counter.
 *
 * <p>A request is one round trip that a reader planned: a whole document, one coalesced range, the end of an object, a
 * question for an object's size or a directory's children.
 */
public final class RequestCounter {
    private final LongAdder requests = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWasted = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();

    /** The state of a counter at one moment. */
    public record Snapshot(long requests, long bytesRead, long bytesWasted, long writes, long bytesWritten) {}

    /** Requests for reading: ranges fetched, objects looked up, directories listed. */
    public long requests() {
        return requests.sum();
    }

    /** All bytes received, those of the gaps included. */
    public long bytesRead() {
        return bytesRead.sum();
    }

    /** Bytes received that nobody had asked for: the gaps between merged ranges. */
    public long bytesWasted() {
        return bytesWasted.sum();
    }

    /** Objects written. */
    public long writes() {
        return writes.sum();
    }

    /** Bytes of the objects written. */
    public long bytesWritten() {
        return bytesWritten.sum();
    }

    /** The present counts. Not atomic while requests are in flight. */
    public Snapshot snapshot() {
        return new Snapshot(requests(), bytesRead(), bytesWasted(), writes(), bytesWritten());
    }

    /** Sets everything to zero. Not atomic: call it while nothing is in flight. */
    public void reset() {
        requests.reset();
        bytesRead.reset();
        bytesWasted.reset();
        writes.reset();
        bytesWritten.reset();
    }

    void read(long bytes, long wasted) {
        requests.increment();
        bytesRead.add(bytes);
        bytesWasted.add(wasted);
    }

    void wrote(long bytes) {
        writes.increment();
        bytesWritten.add(bytes);
    }
}
