package io.hox.udfs;

import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** {@link FeatureSum} for arguments of certain types. */
final class FeatureSumAggregate extends FeatureAggregate<FeatureTotals> {
    private static final long serialVersionUID = 1L;

    FeatureSumAggregate(ArrayType indexType, ArrayType valueType) {
        super(FeatureSum.NAME, indexType, valueType);
    }

    @Override
    public DataType resultType() {
        return DataTypes.createArrayType(DataTypes.DoubleType, false);
    }

    @Override
    public FeatureTotals newAggregationState() {
        return new FeatureTotals();
    }

    @Override
    void add(FeatureTotals totals, NumberRange indices, NumberRange values) {
        totals.add(indices, values);
    }

    @Override
    public FeatureTotals merge(FeatureTotals left, FeatureTotals right) {
        left.add(right);
        return left;
    }

    @Override
    public ArrayData produceResult(FeatureTotals totals) {
        return ArrayData.toArrayData(totals.toArray());
    }

    @Override
    public long bytes(FeatureTotals totals) {
        return totals.bytes();
    }

    @Override
    public byte[] toBytes(FeatureTotals totals) {
        return totals.toBytes();
    }

    @Override
    public FeatureTotals fromBytes(byte[] bytes) {
        return FeatureTotals.fromBytes(bytes);
    }
}
