package io.hox.spark;

import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/** The rows of another column from a given one on: a Lance batch is served in several parts when its arrays are large. */
final class SlicedColumn extends ReadOnlyColumn {
    private final ColumnVector column;
    private final int from;

    private SlicedColumn(ColumnVector column, int from) {
        super(column.dataType());
        this.column = column;
        this.from = from;
    }

    static ColumnVector of(ColumnVector column, int from) {
        return from == 0 ? column : new SlicedColumn(column, from);
    }

    @Override
    public boolean hasNull() {
        return column.hasNull();
    }

    @Override
    public int numNulls() {
        return column.numNulls();
    }

    @Override
    public boolean isNullAt(int row) {
        return column.isNullAt(from + row);
    }

    @Override
    public boolean getBoolean(int row) {
        return column.getBoolean(from + row);
    }

    @Override
    public byte getByte(int row) {
        return column.getByte(from + row);
    }

    @Override
    public short getShort(int row) {
        return column.getShort(from + row);
    }

    @Override
    public int getInt(int row) {
        return column.getInt(from + row);
    }

    @Override
    public long getLong(int row) {
        return column.getLong(from + row);
    }

    @Override
    public float getFloat(int row) {
        return column.getFloat(from + row);
    }

    @Override
    public double getDouble(int row) {
        return column.getDouble(from + row);
    }

    @Override
    public ColumnarArray getArray(int row) {
        return column.getArray(from + row);
    }

    @Override
    public ColumnarMap getMap(int row) {
        return column.getMap(from + row);
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
        return column.getDecimal(from + row, precision, scale);
    }

    @Override
    public UTF8String getUTF8String(int row) {
        return column.getUTF8String(from + row);
    }

    @Override
    public byte[] getBinary(int row) {
        return column.getBinary(from + row);
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        // Elements of a list are addressed by the list; children of a struct by the row.
        return column.dataType() instanceof org.apache.spark.sql.types.StructType
                ? of(column.getChild(ordinal), from)
                : column.getChild(ordinal);
    }
}
