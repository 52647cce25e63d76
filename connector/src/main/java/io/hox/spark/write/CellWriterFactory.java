package io.hox.spark.write;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.DataWriterFactory;

/**
 * Makes the writer of each task attempt.
 *
 * @param plan the same for all
 * @param single whether there is but one task
 */
record CellWriterFactory(AppendPlan plan, boolean single) implements DataWriterFactory {

    @Override
    public DataWriter<InternalRow> createWriter(int partitionId, long taskId) {
        return new CellWriter(plan, single, partitionId, taskId);
    }
}
