package io.hox.spark;

import io.hox.HoxException;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Spark columns over the vectors of a Lance batch, without copying values. Spark's own {@link ArrowColumnVector} does the
 * plain types; here are those that it does not know.
 */
final class ArrowColumns {
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private ArrowColumns() {}

    /**
     * @param dictionaries the values that a dictionary vector points to; null for other vectors
     * @param type what {@link SparkTypes} made of the vector's field, possibly with struct children pruned
     */
    static ColumnVector of(UnaryOperator<FieldVector> dictionaries, FieldVector vector, DataType type) {
        FieldVector dictionary = dictionaries.apply(vector);
        if (dictionary != null) {
            return new DictionaryColumn((BaseIntVector) vector, of(dictionaries, dictionary, type), type);
        }
        if (vector instanceof FixedSizeListVector list) {
            return new FixedListColumn(list, element(dictionaries, list.getDataVector(), type), type);
        }
        if (vector instanceof ListVector list) {
            return new ListColumn(list, element(dictionaries, list.getDataVector(), type), type);
        }
        if (vector instanceof LargeListVector list) {
            return new LargeListColumn(list, element(dictionaries, list.getDataVector(), type), type);
        }
        if (vector instanceof StructVector struct) {
            return struct(dictionaries, struct, (StructType) type);
        }
        if (vector instanceof TimeStampVector time
                && !(vector instanceof TimeStampMicroVector || vector instanceof TimeStampMicroTZVector)) {
            return new TimestampColumn(time, type);
        }
        if (vector instanceof DateMilliVector date) {
            return new DateColumn(date, type);
        }
        if (vector instanceof UInt1Vector
                || vector instanceof UInt2Vector
                || vector instanceof UInt4Vector
                || vector instanceof UInt8Vector) {
            return new UnsignedColumn((BaseIntVector) vector, type);
        }
        if (vector instanceof FixedSizeBinaryVector binary) {
            return new FixedBinaryColumn(binary, type);
        }
        return new SharedArrowColumn(vector);
    }

    private static ColumnVector element(
            UnaryOperator<FieldVector> dictionaries, FieldVector values, DataType listType) {
        return of(dictionaries, values, ((ArrayType) listType).elementType());
    }

    private static ColumnVector struct(UnaryOperator<FieldVector> dictionaries, StructVector struct, StructType type) {
        StructField[] fields = type.fields();
        ColumnVector[] children = new ColumnVector[fields.length];
        for (int i = 0; i < fields.length; i++) {
            children[i] = of(dictionaries, struct.getChild(fields[i].name()), fields[i].dataType());
        }
        return new StructColumn(struct, children, type);
    }

    /** Spark's column, but the vector is not closed with it: its batch owns it. */
    private static final class SharedArrowColumn extends ArrowColumnVector {
        SharedArrowColumn(ValueVector vector) {
            super(vector);
        }

        @Override
        public void close() {
            // The batch owns the vector.
        }
    }

    private static final class DictionaryColumn extends ArrowColumn {
        private final BaseIntVector indices;
        private final ColumnVector values;

        DictionaryColumn(BaseIntVector indices, ColumnVector values, DataType type) {
            super(type, indices);
            this.indices = indices;
            this.values = values;
        }

        @Override
        public UTF8String getUTF8String(int row) {
            return isNullAt(row) ? null : values.getUTF8String((int) indices.getValueAsLong(row));
        }

        @Override
        public byte[] getBinary(int row) {
            return isNullAt(row) ? null : values.getBinary((int) indices.getValueAsLong(row));
        }

        @Override
        public long getLong(int row) {
            return values.getLong((int) indices.getValueAsLong(row));
        }

        @Override
        public int getInt(int row) {
            return values.getInt((int) indices.getValueAsLong(row));
        }

        @Override
        public double getDouble(int row) {
            return values.getDouble((int) indices.getValueAsLong(row));
        }
    }

    private static final class FixedListColumn extends ArrowColumn {
        private final int length;
        private final ColumnVector values;

        FixedListColumn(FixedSizeListVector lists, ColumnVector values, DataType type) {
            super(type, lists);
            this.length = lists.getListSize();
            this.values = values;
        }

        @Override
        public ColumnarArray getArray(int row) {
            return isNullAt(row) ? null : new ColumnarArray(values, row * length, length);
        }

        @Override
        public ColumnVector getChild(int ordinal) {
            return values;
        }
    }

    private static final class ListColumn extends ArrowColumn {
        private final ListVector lists;
        private final ColumnVector values;

        ListColumn(ListVector lists, ColumnVector values, DataType type) {
            super(type, lists);
            this.lists = lists;
            this.values = values;
        }

        @Override
        public ColumnarArray getArray(int row) {
            if (isNullAt(row)) {
                return null;
            }
            int start = lists.getElementStartIndex(row);
            return new ColumnarArray(values, start, lists.getElementEndIndex(row) - start);
        }

        @Override
        public ColumnVector getChild(int ordinal) {
            return values;
        }
    }

    private static final class LargeListColumn extends ArrowColumn {
        private final LargeListVector lists;
        private final ColumnVector values;

        LargeListColumn(LargeListVector lists, ColumnVector values, DataType type) {
            super(type, lists);
            this.lists = lists;
            this.values = values;
        }

        @Override
        public ColumnarArray getArray(int row) {
            if (isNullAt(row)) {
                return null;
            }
            int start = Math.toIntExact(lists.getElementStartIndex(row));
            return new ColumnarArray(values, start, Math.toIntExact(lists.getElementEndIndex(row)) - start);
        }

        @Override
        public ColumnVector getChild(int ordinal) {
            return values;
        }
    }

    private static final class StructColumn extends ArrowColumn {
        private final ColumnVector[] children;

        StructColumn(StructVector structs, ColumnVector[] children, DataType type) {
            super(type, structs);
            this.children = children;
        }

        @Override
        public ColumnVector getChild(int ordinal) {
            return children[ordinal];
        }
    }

    /** Timestamps in other units than Spark's microseconds; what is finer is rounded down. */
    private static final class TimestampColumn extends ArrowColumn {
        private final TimeStampVector times;
        private final long multiply;
        private final long divide;

        TimestampColumn(TimeStampVector times, DataType type) {
            super(type, times);
            this.times = times;
            switch (((ArrowType.Timestamp) times.getField().getType()).getUnit()) {
                case SECOND -> multiply = 1_000_000;
                case MILLISECOND -> multiply = 1_000;
                default -> multiply = 1;
            }
            divide = multiply == 1 ? 1_000 : 1;
        }

        @Override
        public long getLong(int row) {
            return isNullAt(row) ? 0 : Math.floorDiv(Math.multiplyExact(times.get(row), multiply), divide);
        }
    }

    private static final class DateColumn extends ArrowColumn {
        private final DateMilliVector dates;

        DateColumn(DateMilliVector dates, DataType type) {
            super(type, dates);
            this.dates = dates;
        }

        @Override
        public int getInt(int row) {
            return isNullAt(row) ? 0 : Math.toIntExact(Math.floorDiv(dates.get(row), MILLIS_PER_DAY));
        }
    }

    private static final class FixedBinaryColumn extends ArrowColumn {
        private final FixedSizeBinaryVector values;

        FixedBinaryColumn(FixedSizeBinaryVector values, DataType type) {
            super(type, values);
            this.values = values;
        }

        @Override
        public byte[] getBinary(int row) {
            return isNullAt(row) ? null : values.get(row);
        }
    }

    /** Unsigned integers in the next wider type; 64 bits keep their width and must fit. */
    private static final class UnsignedColumn extends ArrowColumn {
        private final BaseIntVector values;

        UnsignedColumn(BaseIntVector values, DataType type) {
            super(type, values);
            this.values = values;
        }

        @Override
        public short getShort(int row) {
            return (short) getLong(row);
        }

        @Override
        public int getInt(int row) {
            return (int) getLong(row);
        }

        @Override
        public long getLong(int row) {
            if (isNullAt(row)) {
                return 0;
            }
            long value = values.getValueAsLong(row);
            if (values instanceof UInt1Vector) {
                return value & 0xff;
            }
            if (values instanceof UInt4Vector) {
                return value & 0xffffffffL;
            }
            if (value < 0 && type.sameType(DataTypes.LongType)) {
                throw new HoxException("column "
                        + ((ValueVector) values).getField().getName() + " holds " + Long.toUnsignedString(value)
                        + ", which is beyond the range of bigint: leave the column out");
            }
            return value;
        }
    }
}
