package io.hox.spark;

import io.hox.store.RequestCounter;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** What a scan shows in the SQL tab of Spark's UI, over its tasks. */
final class ScanMetrics {
    static final String REQUESTS = "zarrRequests";
    static final String BYTES = "zarrBytesRead";
    static final String WASTED = "zarrBytesWasted";
    static final String CHUNKS = "chunksDecoded";
    static final String CELLS = "cells";
    static final String ENTRIES = "matrixEntries";
    static final String WAIT = "fetchWait";
    static final String DECODE = "decodeTime";
    static final String HITS = "cacheHits";

    private ScanMetrics() {}

    static CustomMetric[] all() {
        return new CustomMetric[] {
            new Requests(),
            new Bytes(),
            new BytesWasted(),
            new Chunks(),
            new Cells(),
            new Entries(),
            new FetchWait(),
            new DecodeTime(),
            new CacheHits()
        };
    }

    /** The values of a task so far. */
    static CustomTaskMetric[] values(RequestCounter counter, long cells, long entries) {
        return new CustomTaskMetric[] {
            new Value(REQUESTS, counter.requests()),
            new Value(BYTES, counter.bytesRead()),
            new Value(WASTED, counter.bytesWasted()),
            new Value(CHUNKS, counter.chunksDecoded()),
            new Value(CELLS, cells),
            new Value(ENTRIES, entries),
            new Value(WAIT, TimeUnit.NANOSECONDS.toMillis(counter.waitNanos())),
            new Value(DECODE, TimeUnit.NANOSECONDS.toMillis(counter.decodeNanos())),
            new Value(HITS, counter.cacheHits())
        };
    }

    private record Value(String name, long value) implements CustomTaskMetric {}

    /** A number of things, summed over the tasks. */
    private abstract static class Count extends CustomSumMetric {
        private final String name;
        private final String description;

        Count(String name, String description) {
            this.name = name;
            this.description = description;
        }

        @Override
        public final String name() {
            return name;
        }

        @Override
        public final String description() {
            return description;
        }
    }

    /** Something with a unit: the sum over the tasks, and how they differ. */
    private abstract static class Measure extends Count {
        Measure(String name, String description) {
            super(name, description);
        }

        /** The value in the unit that fits its size. */
        abstract String show(long value);

        @Override
        public final String aggregateTaskMetrics(long[] values) {
            return MetricText.aggregate(values, this::show);
        }
    }

    private abstract static class ByteCount extends Measure {
        ByteCount(String name, String description) {
            super(name, description);
        }

        @Override
        final String show(long value) {
            return MetricText.bytes(value);
        }
    }

    private abstract static class Duration extends Measure {
        Duration(String name, String description) {
            super(name, description);
        }

        @Override
        final String show(long value) {
            return MetricText.millis(value);
        }
    }

    // Spark makes each of these by name, through a constructor without arguments.

    /** Round trips to the Zarr store. */
    public static final class Requests extends Count {
        public Requests() {
            super(REQUESTS, "Zarr requests");
        }
    }

    /** Bytes received from the Zarr store. */
    public static final class Bytes extends ByteCount {
        public Bytes() {
            super(BYTES, "Zarr bytes read");
        }
    }

    /** Bytes received that lie between wanted ones. */
    public static final class BytesWasted extends ByteCount {
        public BytesWasted() {
            super(WASTED, "Zarr bytes wasted");
        }
    }

    /** Chunks of Zarr arrays. */
    public static final class Chunks extends Count {
        public Chunks() {
            super(CHUNKS, "chunks decoded");
        }
    }

    /** Rows read. */
    public static final class Cells extends Count {
        public Cells() {
            super(CELLS, "cells read");
        }
    }

    /** Stored entries of sparse cells, and all values of dense ones. */
    public static final class Entries extends Count {
        public Entries() {
            super(ENTRIES, "non-zeros read");
        }
    }

    /** Time that tasks waited for bytes of the Zarr store. */
    public static final class FetchWait extends Duration {
        public FetchWait() {
            super(WAIT, "fetch wait");
        }
    }

    /** Time that tasks made numbers of bytes. */
    public static final class DecodeTime extends Duration {
        public DecodeTime() {
            super(DECODE, "decode time");
        }
    }

    /** Array documents and shard indexes that did not have to be fetched. */
    public static final class CacheHits extends Count {
        public CacheHits() {
            super(HITS, "cache hits");
        }
    }
}
