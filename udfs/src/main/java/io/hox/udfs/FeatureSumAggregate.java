package io.hox.udfs;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.AggregateFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** {@link FeatureSum} for arguments of certain types. */
final class FeatureSumAggregate implements AggregateFunction<FeatureTotals, ArrayData>, Serializable {
    private final ArrayType indexType;
    private final ArrayType valueType;
    private final FeatureSum.ValueKind kind;

    FeatureSumAggregate(ArrayType indexType, ArrayType valueType, FeatureSum.ValueKind kind) {
        this.indexType = indexType;
        this.valueType = valueType;
        this.kind = kind;
    }

    @Override
    public String name() {
        return FeatureSum.NAME;
    }

    @Override
    public DataType[] inputTypes() {
        return new DataType[] {indexType, valueType};
    }

    @Override
    public DataType resultType() {
        return DataTypes.createArrayType(DataTypes.DoubleType, false);
    }

    @Override
    public boolean isResultNullable() {
        return false;
    }

    @Override
    public FeatureTotals newAggregationState() {
        return new FeatureTotals();
    }

    @Override
    public FeatureTotals update(FeatureTotals totals, InternalRow row) {
        if (row.isNullAt(0) || row.isNullAt(1)) {
            return totals;
        }
        ArrayData indices = row.getArray(0);
        ArrayData values = row.getArray(1);
        if (indexType.containsNull() && hasNull(indices) || valueType.containsNull() && hasNull(values)) {
            addPresent(totals, indices, values);
            return totals;
        }
        switch (kind) {
            case BYTE -> totals.add(indices.toIntArray(), widened(values.toByteArray()));
            case SHORT -> totals.add(indices.toIntArray(), widened(values.toShortArray()));
            case INT -> totals.add(indices.toIntArray(), values.toIntArray());
            case LONG -> totals.add(indices.toIntArray(), values.toLongArray());
            case FLOAT -> totals.add(indices.toIntArray(), values.toFloatArray());
            case DOUBLE -> totals.add(indices.toIntArray(), values.toDoubleArray());
        }
        return totals;
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

    private static boolean hasNull(ArrayData data) {
        int n = data.numElements();
        for (int i = 0; i < n; i++) {
            if (data.isNullAt(i)) {
                return true;
            }
        }
        return false;
    }

    private void addPresent(FeatureTotals totals, ArrayData indices, ArrayData values) {
        int n = indices.numElements();
        FeatureTotals.check(n, values.numElements());
        int[] presentIndices = new int[n];
        double[] presentValues = new double[n];
        int present = 0;
        for (int i = 0; i < n; i++) {
            if (!indices.isNullAt(i) && !values.isNullAt(i)) {
                presentIndices[present] = indices.getInt(i);
                presentValues[present++] = value(values, i);
            }
        }
        totals.add(Arrays.copyOf(presentIndices, present), Arrays.copyOf(presentValues, present));
    }

    private double value(ArrayData values, int i) {
        return switch (kind) {
            case BYTE -> values.getByte(i);
            case SHORT -> values.getShort(i);
            case INT -> values.getInt(i);
            case LONG -> values.getLong(i);
            case FLOAT -> values.getFloat(i);
            case DOUBLE -> values.getDouble(i);
        };
    }

    private static int[] widened(byte[] values) {
        int[] wide = new int[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static int[] widened(short[] values) {
        int[] wide = new int[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
