package io.hox.spark;

import io.hox.lance.LanceAggregate;
import io.hox.lance.LanceScan;
import java.util.Iterator;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** The groups of one range after another. A key that several ranges have comes back once for each. */
final class AggregateReader implements PartitionReader<ColumnarBatch> {
    private final AggregatePlan plan;
    private final ShardReader shared;
    private final Iterator<AggregateRange> ranges;
    private LanceScan scan;

    /** @param shared opened for this reader, which releases it */
    AggregateReader(AggregatePlan plan, AggregateSplit split, ShardReader shared) {
        this.plan = plan;
        this.shared = shared;
        this.ranges = split.ranges().iterator();
    }

    @Override
    public boolean next() {
        while (true) {
            if (scan != null && scan.next()) {
                return true;
            }
            closeScan();
            if (!ranges.hasNext()) {
                return false;
            }
            scan = shared.view().obs(plan.obsTable().name()).scan(ranges.next().of(plan.request()));
        }
    }

    @Override
    public ColumnarBatch get() {
        StructField[] fields = plan.schema().fields();
        int keys = plan.aggregate().keys().size();
        ColumnVector[] columns = new ColumnVector[fields.length];
        for (int i = 0; i < fields.length; i++) {
            String name = i < keys ? LanceAggregate.key(i) : LanceAggregate.measure(i - keys);
            columns[i] = ArrowColumns.of(scan::dictionary, scan.batch().getVector(name), fields[i].dataType());
        }
        return new ColumnarBatch(columns, scan.batch().getRowCount());
    }

    @Override
    public void close() {
        try {
            closeScan();
        } finally {
            shared.close();
        }
    }

    private void closeScan() {
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }
}
