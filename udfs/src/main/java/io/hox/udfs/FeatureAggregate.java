package io.hox.udfs;

import io.hox.HoxException;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;

/** A {@link FeatureFunction} for arguments of certain types. Cells with a null argument and null entries are ignored. */
abstract class FeatureAggregate<S extends Serializable> implements NumberAggregate<S, ArrayData>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final ArrayType indexType;
    private final ArrayType valueType;
    private transient NumberRange[] rowRanges;

    FeatureAggregate(String name, ArrayType indexType, ArrayType valueType) {
        this.name = name;
        this.indexType = indexType;
        this.valueType = valueType;
    }

    /** Adds a cell whose ranges have the same length. */
    abstract void add(S state, NumberRange indices, NumberRange values);

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final DataType[] inputTypes() {
        return new DataType[] {indexType, valueType};
    }

    @Override
    public final boolean isResultNullable() {
        return false;
    }

    @Override
    public final NumberRange[] ranges() {
        return new NumberRange[] {new NumberRange(NumberRange.Kind.INT), new NumberRange(NumberRange.Kind.of(valueType))
        };
    }

    @Override
    public final S update(S state, InternalRow row) {
        if (row.isNullAt(0) || row.isNullAt(1)) {
            return state;
        }
        if (rowRanges == null) {
            rowRanges = ranges();
        }
        ArrayData indices = row.getArray(0);
        ArrayData values = row.getArray(1);
        if (indexType.containsNull() || valueType.containsNull()) {
            setPresent(indices, values);
        } else {
            rowRanges[0].set(indices);
            rowRanges[1].set(values);
        }
        return update(state, rowRanges);
    }

    @Override
    public final S update(S state, NumberRange[] arguments) {
        check(arguments[0].length(), arguments[1].length());
        add(state, arguments[0], arguments[1]);
        return state;
    }

    private void setPresent(ArrayData indices, ArrayData values) {
        int n = indices.numElements();
        check(n, values.numElements());
        int[] present = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (!indices.isNullAt(i) && !values.isNullAt(i)) {
                present[count++] = i;
            }
        }
        if (count == n) {
            rowRanges[0].set(indices);
            rowRanges[1].set(values);
        } else {
            rowRanges[0].set(indices, present, count);
            rowRanges[1].set(values, present, count);
        }
    }

    private void check(int indices, int values) {
        if (indices != values) {
            throw new HoxException(name + ": a cell has " + indices + " indices but " + values
                    + " values; give the indices and a layer of the same pointer column");
        }
    }
}
