package io.hox.spark;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/** A column that answers only the getters of its type; it owns nothing, so closing does nothing. */
abstract class ReadOnlyColumn extends ColumnVector {

    ReadOnlyColumn(DataType type) {
        super(type);
    }

    @Override
    public void close() {
        // The scan or the block owns the memory.
    }

    @Override
    public boolean getBoolean(int row) {
        throw wrong("boolean");
    }

    @Override
    public byte getByte(int row) {
        throw wrong("byte");
    }

    @Override
    public short getShort(int row) {
        throw wrong("short");
    }

    @Override
    public int getInt(int row) {
        throw wrong("int");
    }

    @Override
    public long getLong(int row) {
        throw wrong("long");
    }

    @Override
    public float getFloat(int row) {
        throw wrong("float");
    }

    @Override
    public double getDouble(int row) {
        throw wrong("double");
    }

    @Override
    public ColumnarArray getArray(int row) {
        throw wrong("array");
    }

    @Override
    public ColumnarMap getMap(int row) {
        throw wrong("map");
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
        throw wrong("decimal");
    }

    @Override
    public UTF8String getUTF8String(int row) {
        throw wrong("string");
    }

    @Override
    public byte[] getBinary(int row) {
        throw wrong("binary");
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        throw wrong("struct");
    }

    private IllegalStateException wrong(String asked) {
        return new IllegalStateException("a column of " + type.catalogString() + " has no " + asked + " values");
    }
}
