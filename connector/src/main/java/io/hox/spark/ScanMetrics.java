package io.hox.spark;

import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** What a scan shows in the SQL tab of Spark's UI: sums over its tasks. */
final class ScanMetrics {
    static final String REQUESTS = "zarrRequests";
    static final String BYTES = "zarrBytesRead";
    static final String CELLS = "cells";
    static final String ENTRIES = "matrixEntries";

    private ScanMetrics() {}

    static CustomMetric[] all() {
        return new CustomMetric[] {new Requests(), new Bytes(), new Cells(), new Entries()};
    }

    static CustomTaskMetric[] values(long requests, long bytes, long cells, long entries) {
        return new CustomTaskMetric[] {
            new Value(REQUESTS, requests), new Value(BYTES, bytes), new Value(CELLS, cells), new Value(ENTRIES, entries)
        };
    }

    private record Value(String name, long value) implements CustomTaskMetric {}

    // Spark makes each of these by name, through a constructor without arguments.

    /** Round trips to the Zarr store. */
    public static final class Requests extends CustomSumMetric {
        @Override
        public String name() {
            return REQUESTS;
        }

        @Override
        public String description() {
            return "Zarr requests";
        }
    }

    /** Bytes received from the Zarr store. */
    public static final class Bytes extends CustomSumMetric {
        @Override
        public String name() {
            return BYTES;
        }

        @Override
        public String description() {
            return "Zarr bytes read";
        }
    }

    /** Rows read. */
    public static final class Cells extends CustomSumMetric {
        @Override
        public String name() {
            return CELLS;
        }

        @Override
        public String description() {
            return "cells read";
        }
    }

    /** Stored entries of sparse cells, and all values of dense ones. */
    public static final class Entries extends CustomSumMetric {
        @Override
        public String name() {
            return ENTRIES;
        }

        @Override
        public String description() {
            return "matrix entries read";
        }
    }
}
