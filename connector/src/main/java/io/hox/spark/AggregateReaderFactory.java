package io.hox.spark;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Makes the reader of an aggregating split on an executor. */
record AggregateReaderFactory(AggregatePlan plan) implements PartitionReaderFactory {

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        throw new IllegalStateException("hox reads columnar batches only");
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
        return new AggregateReader(
                plan, (AggregateSplit) partition, ShardReader.acquire(plan.scanId(), plan.snapshot(), plan.storage()));
    }

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
        return true;
    }
}
