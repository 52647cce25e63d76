package io.hox.spark;

import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.Statistics;

/**
 * The size of a scan's result.
 *
 * @param rows about how many
 * @param bytes decoded, about
 */
record Estimate(long rows, long bytes) implements Statistics {
    @Override
    public OptionalLong numRows() {
        return OptionalLong.of(rows);
    }

    @Override
    public OptionalLong sizeInBytes() {
        return OptionalLong.of(Math.max(1, bytes));
    }
}
