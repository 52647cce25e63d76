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
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder decodeNanos = new LongAdder();
    private final LongAdder chunksDecoded = new LongAdder();
    private final LongAdder cacheHits = new LongAdder();
    private final LongAdder cacheMisses = new LongAdder();

    /** The state of a counter at one moment, as its methods of the same names tell it. */
    public record Snapshot(
            long requests,
            long bytesRead,
            long bytesWasted,
            long writes,
            long bytesWritten,
            long waitNanos,
            long decodeNanos,
            long chunksDecoded,
            long cacheHits,
            long cacheMisses) {}

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

    /** Nanoseconds that readers spent waiting for ranges: those of remote stores to arrive, local ones to be read. */
    public long waitNanos() {
        return waitNanos.sum();
    }

    /** Nanoseconds that readers spent on the ranges that had arrived: decoding chunks, copying pieces of them. */
    public long decodeNanos() {
        return decodeNanos.sum();
    }

    /** Chunks of arrays that were decoded. */
    public long chunksDecoded() {
        return chunksDecoded.sum();
    }

    /** Documents and shard indexes that were known or on their way already. */
    public long cacheHits() {
        return cacheHits.sum();
    }

    /** Documents and shard indexes that had to be fetched. */
    public long cacheMisses() {
        return cacheMisses.sum();
    }

    /** The present counts. Not atomic while requests are in flight. */
    public Snapshot snapshot() {
        return new Snapshot(
                requests(),
                bytesRead(),
                bytesWasted(),
                writes(),
                bytesWritten(),
                waitNanos(),
                decodeNanos(),
                chunksDecoded(),
                cacheHits(),
                cacheMisses());
    }

    /** Sets everything to zero. Not atomic: call it while nothing is in flight. */
    public void reset() {
        requests.reset();
        bytesRead.reset();
        bytesWasted.reset();
        writes.reset();
        bytesWritten.reset();
        waitNanos.reset();
        decodeNanos.reset();
        chunksDecoded.reset();
        cacheHits.reset();
        cacheMisses.reset();
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

    /** A reader waited and worked for so many nanoseconds. */
    public void took(long waiting, long working) {
        waitNanos.add(waiting);
        decodeNanos.add(working);
    }

    /** Chunks were decoded. */
    public void decoded(long chunks) {
        chunksDecoded.add(chunks);
    }

    /** Something was looked up in a cache. */
    public void cached(boolean hit) {
        (hit ? cacheHits : cacheMisses).increment();
    }
}
