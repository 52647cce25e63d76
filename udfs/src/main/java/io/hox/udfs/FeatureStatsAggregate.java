package io.hox.udfs;

import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** {@link FeatureStats} for arguments of certain types. */
final class FeatureStatsAggregate extends FeatureAggregate<FeatureMoments> {
    private static final long serialVersionUID = 1L;
    private static final StructType STATS = new StructType()
            .add("global_index", DataTypes.IntegerType, false)
            .add("n_cells", DataTypes.LongType, false)
            .add("nnz", DataTypes.LongType, false)
            .add("sum", DataTypes.DoubleType, false)
            .add("mean", DataTypes.DoubleType, false)
            .add("variance", DataTypes.DoubleType, true);

    FeatureStatsAggregate(ArrayType indexType, ArrayType valueType) {
        super(FeatureStats.NAME, indexType, valueType);
    }

    @Override
    public DataType resultType() {
        return DataTypes.createArrayType(STATS, false);
    }

    @Override
    public FeatureMoments newAggregationState() {
        return new FeatureMoments();
    }

    @Override
    void add(FeatureMoments moments, NumberRange indices, NumberRange values) {
        moments.add(indices, values);
    }

    @Override
    public FeatureMoments merge(FeatureMoments left, FeatureMoments right) {
        left.add(right);
        return left;
    }

    // Written in Spark's own format: with tens of thousands of structs a group, boxed fields would cost more than
    // adding.
    @Override
    public ArrayData produceResult(FeatureMoments moments) {
        int present = 0;
        for (int feature = 0; feature < moments.features(); feature++) {
            present += moments.nonZeros(feature) > 0 ? 1 : 0;
        }
        UnsafeRowWriter row = new UnsafeRowWriter(1);
        row.resetRowWriter();
        UnsafeArrayWriter array = new UnsafeArrayWriter(row, Long.BYTES);
        int start = row.cursor();
        array.initialize(present);
        UnsafeRowWriter stats = new UnsafeRowWriter(array, STATS.length());
        int at = 0;
        for (int feature = 0; feature < moments.features(); feature++) {
            if (moments.nonZeros(feature) > 0) {
                int structStart = array.cursor();
                write(stats, moments, feature);
                array.setOffsetAndSizeFromPreviousCursor(at++, structStart);
            }
        }
        row.setOffsetAndSizeFromPreviousCursor(0, start);
        return row.getRow().getArray(0);
    }

    private static void write(UnsafeRowWriter stats, FeatureMoments moments, int feature) {
        double sum = moments.sum(feature);
        stats.resetRowWriter();
        stats.write(0, feature);
        stats.write(1, moments.cells());
        stats.write(2, moments.nonZeros(feature));
        stats.write(3, sum);
        stats.write(4, sum / moments.cells());
        if (moments.cells() > 1) {
            stats.write(5, moments.variance(feature));
        } else {
            stats.setNullAt(5);
        }
    }

    @Override
    public long bytes(FeatureMoments moments) {
        return moments.bytes();
    }

    @Override
    public byte[] toBytes(FeatureMoments moments) {
        return moments.toBytes();
    }

    @Override
    public FeatureMoments fromBytes(byte[] bytes) {
        return FeatureMoments.fromBytes(bytes);
    }
}
