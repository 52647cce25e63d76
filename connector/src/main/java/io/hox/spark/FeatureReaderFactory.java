package io.hox.spark;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Makes the reader of some datasets' features on an executor. */
record FeatureReaderFactory(FeatureReadPlan plan) implements PartitionReaderFactory {

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        throw new IllegalStateException("hox reads columnar batches only");
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
        ShardReader shared = ShardReader.acquire(plan.scanId(), plan.snapshot(), plan.storage());
        return new FeatureBatchReader(plan, (FeatureSplit) partition, shared);
    }

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
        return true;
    }
}
