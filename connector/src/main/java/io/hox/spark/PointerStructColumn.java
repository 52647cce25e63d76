package io.hox.spark;

import io.hox.matrix.CellBlock;
import io.hox.matrix.LayerColumn;
import io.hox.matrix.Segment;
import io.hox.zarr.Values;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/** A pointer column as Spark sees it: null where the cell was not assayed, else its place and its numbers. */
final class PointerStructColumn extends ReadOnlyColumn {
    private final boolean[] absent;
    private final int from;
    private final int numNulls;
    private final ColumnVector[] children;

    /**
     * @param rows the rows of the Lance batch that the scan returns
     * @param absent by row of the selection
     * @param from the first row of the selection that this column shows, {@code to} the one after the last
     * @param pointerChildren by child of the struct, over the whole Lance batch; null for indices and layers
     * @param block the numbers of the rows shown; null when none are selected
     */
    PointerStructColumn(
            OutputColumn.Pointer column,
            RowSelection rows,
            boolean[] absent,
            int from,
            int to,
            ColumnVector[] pointerChildren,
            LazyBlock block) {
        super(column.type());
        this.absent = absent;
        this.from = from;
        int nulls = 0;
        for (int row = from; row < to; row++) {
            nulls += absent[row] ? 1 : 0;
        }
        this.numNulls = nulls;
        StructField[] fields = column.type().fields();
        this.children = new ColumnVector[fields.length];
        for (int i = 0; i < fields.length; i++) {
            if (pointerChildren[i] != null) {
                children[i] = SlicedColumn.of(pointerChildren[i], rows, from);
            } else if (fields[i].name().equals(PointerStruct.INDICES)) {
                children[i] = new Indices(fields[i].dataType(), block);
            } else {
                int layer = position(column.layers(), fields[i].name());
                children[i] = new Layer(fields[i].dataType(), block, layer);
            }
        }
    }

    @Override
    public boolean hasNull() {
        return numNulls > 0;
    }

    @Override
    public int numNulls() {
        return numNulls;
    }

    @Override
    public boolean isNullAt(int row) {
        return absent[from + row];
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        return children[ordinal];
    }

    private static int position(List<LayerColumn> layers, String name) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("layer " + name + " was not read");
    }

    /** An array column over the segments of a block. */
    private abstract static class Arrays extends ReadOnlyColumn implements PrimitiveArrays {
        private final LazyBlock lazy;
        private CellBlock block;
        private ColumnVector[] elements;
        private Object[] arrays;

        Arrays(DataType type, LazyBlock lazy) {
            super(type);
            this.lazy = lazy;
        }

        /** The arrays of a segment; null where it has none. */
        abstract Values elements(Segment segment);

        /** Where a row's array begins. */
        abstract int offset(CellBlock block, int row);

        @Override
        public final boolean hasNull() {
            return true;
        }

        @Override
        public final int numNulls() {
            int nulls = 0;
            for (int row = 0; row < lazy.get().rows(); row++) {
                nulls += isNullAt(row) ? 1 : 0;
            }
            return nulls;
        }

        @Override
        public final boolean isNullAt(int row) {
            int segment = block().segmentOf(row);
            return segment < 0 || elements[segment] == null;
        }

        @Override
        public final ColumnarArray getArray(int row) {
            return isNullAt(row)
                    ? null
                    : new ColumnarArray(elements[block.segmentOf(row)], offset(block, row), block.length(row));
        }

        @Override
        public final Object elements(int row) {
            int segment = block().segmentOf(row);
            return arrays[segment];
        }

        @Override
        public final int offset(int row) {
            return offset(block(), row);
        }

        @Override
        public final int length(int row) {
            return block().length(row);
        }

        private CellBlock block() {
            if (block == null) {
                load();
            }
            return block;
        }

        private void load() {
            block = lazy.get();
            elements = new ColumnVector[block.segments()];
            arrays = new Object[elements.length];
            for (int i = 0; i < elements.length; i++) {
                Values values = elements(block.segment(i));
                elements[i] = values == null ? null : ElementsColumn.of(values);
                arrays[i] = values == null ? null : values.array();
            }
        }
    }

    /** Global indices: rows point into the array of their segment, shared ones in a dense space. */
    private static final class Indices extends Arrays {
        Indices(DataType type, LazyBlock block) {
            super(type, block);
        }

        @Override
        Values elements(Segment segment) {
            return Values.of(io.hox.zarr.DataType.INT32, segment.indices());
        }

        @Override
        int offset(CellBlock block, int row) {
            return block.indexOffset(row);
        }
    }

    /** The values of a layer; null where the cell's dataset lacks it. */
    private static final class Layer extends Arrays {
        private final int layer;

        Layer(DataType type, LazyBlock block, int layer) {
            super(type, block);
            this.layer = layer;
        }

        @Override
        Values elements(Segment segment) {
            return segment.layer(layer);
        }

        @Override
        int offset(CellBlock block, int row) {
            return block.valueOffset(row);
        }
    }
}
