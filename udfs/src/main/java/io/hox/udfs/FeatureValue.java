package io.hox.udfs;

import io.hox.spark.MeasuredFeature;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The value of one feature of a cell, given {@code zarr_group, indices} and a layer: null where the cell's dataset did not
 * measure it, 0 where it did and the cell has no entry. Spark gives null for it where an argument is null.
 *
 * @param layerType an array of numbers
 */
record FeatureValue(MeasuredFeature feature, DataType layerType) implements ScalarFunction<Double> {

    @Override
    public DataType[] inputTypes() {
        return new DataType[] {DataTypes.StringType, DataTypes.createArrayType(DataTypes.IntegerType, false), layerType
        };
    }

    @Override
    public DataType resultType() {
        return DataTypes.DoubleType;
    }

    @Override
    public String name() {
        return HoxValue.NAME;
    }

    /** By which a scan recognises the function. */
    @Override
    public String canonicalName() {
        return MeasuredFeature.VALUE_FUNCTION + feature.globalIndex();
    }

    @Override
    public Double produceResult(InternalRow row) {
        if (row.isNullAt(0) || row.isNullAt(1) || row.isNullAt(2)) {
            return null;
        }
        if (!feature.groups().contains(row.getUTF8String(0).toString())) {
            return null;
        }
        int at = find(row.getArray(1), feature.globalIndex());
        return at < 0 ? 0 : number(row.getArray(2), at);
    }

    /** Indices ascend, each is there once. */
    private static int find(ArrayData indices, int wanted) {
        int low = 0;
        int high = indices.numElements() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int index = indices.getInt(middle);
            if (index == wanted) {
                return middle;
            }
            if (index < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private double number(ArrayData values, int at) {
        return switch (NumberRange.Kind.of((org.apache.spark.sql.types.ArrayType) layerType)) {
            case BYTE -> values.getByte(at);
            case SHORT -> values.getShort(at);
            case INT -> values.getInt(at);
            case LONG -> values.getLong(at);
            case FLOAT -> values.getFloat(at);
            case DOUBLE -> values.getDouble(at);
        };
    }

    @Override
    public String toString() {
        return HoxValue.NAME + " of " + feature.uid();
    }
}
