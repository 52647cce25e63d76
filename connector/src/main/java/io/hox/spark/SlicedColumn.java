package io.hox.spark;

import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Some rows of a column over a whole Lance batch: those of a selection, from a given one on. A batch is served in several
 * parts when its arrays are large.
 */
final class SlicedColumn extends ReadOnlyColumn {
    private final ColumnVector column;
    private final RowSelection rows;
    private final int from;

    private SlicedColumn(ColumnVector column, RowSelection rows, int from) {
        super(column.dataType());
        this.column = column;
        this.rows = rows;
        this.from = from;
    }

    /** @param from the first row to show, counted in the selection */
    static ColumnVector of(ColumnVector column, RowSelection rows, int from) {
        return from == 0 && rows.isAll() ? column : new SlicedColumn(column, rows, from);
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
        return column.isNullAt(rows.at(from + row));
    }

    @Override
    public boolean getBoolean(int row) {
        return column.getBoolean(rows.at(from + row));
    }

    @Override
    public byte getByte(int row) {
        return column.getByte(rows.at(from + row));
    }

    @Override
    public short getShort(int row) {
        return column.getShort(rows.at(from + row));
    }

    @Override
    public int getInt(int row) {
        return column.getInt(rows.at(from + row));
    }

    @Override
    public long getLong(int row) {
        return column.getLong(rows.at(from + row));
    }

    @Override
    public float getFloat(int row) {
        return column.getFloat(rows.at(from + row));
    }

    @Override
    public double getDouble(int row) {
        return column.getDouble(rows.at(from + row));
    }

    @Override
    public ColumnarArray getArray(int row) {
        return column.getArray(rows.at(from + row));
    }

    @Override
    public ColumnarMap getMap(int row) {
        return column.getMap(rows.at(from + row));
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
        return column.getDecimal(rows.at(from + row), precision, scale);
    }

    @Override
    public UTF8String getUTF8String(int row) {
        return column.getUTF8String(rows.at(from + row));
    }

    @Override
    public byte[] getBinary(int row) {
        return column.getBinary(rows.at(from + row));
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        // Elements of a list are addressed by the list; children of a struct by the row.
        return column.dataType() instanceof StructType
                ? of(column.getChild(ordinal), rows, from)
                : column.getChild(ordinal);
    }
}
