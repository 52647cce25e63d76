package io.hox.spark;

import io.hox.matrix.ColumnBlock;
import io.hox.zarr.Values;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/** Of each feature the cells that have an entry, or their values of a layer; all null where the group has none. */
final class FeatureArrays extends ReadOnlyColumn {
    /** In place of a layer's number: the cells. */
    static final int ROWS = -1;
    /** In place of a layer's number: there is none. */
    static final int ABSENT = -2;

    private final int features;
    private final LazyColumns lazy;
    private final int layer;
    private ColumnBlock block;
    private ColumnVector elements;

    /** @param lazy null where the feature space holds no matrix */
    FeatureArrays(DataType type, int features, LazyColumns lazy, int layer) {
        super(type);
        this.features = features;
        this.lazy = lazy;
        this.layer = layer;
    }

    @Override
    public boolean hasNull() {
        return true;
    }

    @Override
    public int numNulls() {
        return isNullAt(0) ? features : 0;
    }

    @Override
    public boolean isNullAt(int row) {
        if (lazy == null || layer == ABSENT) {
            return true;
        }
        if (block == null) {
            block = lazy.get();
            Values values = layer == ROWS ? Values.of(io.hox.zarr.DataType.INT32, block.rows()) : block.layer(layer);
            elements = values == null ? null : ElementsColumn.of(values);
        }
        return elements == null;
    }

    @Override
    public ColumnarArray getArray(int row) {
        return isNullAt(row) ? null : new ColumnarArray(elements, block.offset(row), block.length(row));
    }
}
