package io.hox.spark;

import io.hox.atlas.Snapshot;
import io.hox.atlas.TableRef;
import io.hox.lance.LanceAggregate;
import io.hox.lance.ScanRequest;
import java.io.Serializable;
import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * What the tasks of an aggregating scan have in common.
 *
 * @param scanId identifies the scan among all of a JVM
 * @param snapshot the pinned state of the atlas
 * @param obsTable the table of cells, at its recorded version
 * @param storage settings that open the table; may hold secrets
 * @param filter the pushed filter as Lance SQL; null = all rows
 * @param aggregate what to find
 * @param schema the result: keys, then measures
 */
record AggregatePlan(
        String scanId,
        Snapshot snapshot,
        TableRef obsTable,
        Map<String, String> storage,
        String filter,
        LanceAggregate aggregate,
        StructType schema)
        implements Serializable {

    ScanRequest request() {
        return ScanRequest.ALL.withFilter(filter).withAggregate(aggregate);
    }

    /** Leaves out the settings, which may hold secrets. */
    @Override
    public String toString() {
        return "AggregatePlan[" + scanId + ", " + obsTable + ", " + filter + ", " + aggregate + "]";
    }
}
