package io.hox.spark;

import org.apache.arrow.vector.ValueVector;
import org.apache.spark.sql.types.DataType;

/** A column over an Arrow vector that stays its batch's. */
abstract class ArrowColumn extends ReadOnlyColumn {
    private final ValueVector vector;

    ArrowColumn(DataType type, ValueVector vector) {
        super(type);
        this.vector = vector;
    }

    @Override
    public final boolean hasNull() {
        return vector.getNullCount() > 0;
    }

    @Override
    public final int numNulls() {
        return vector.getNullCount();
    }

    @Override
    public final boolean isNullAt(int row) {
        return vector.isNull(row);
    }
}
