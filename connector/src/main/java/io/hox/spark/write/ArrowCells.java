package io.hox.spark.write;

import io.hox.HoxException;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Copies values of Spark's rows into Arrow vectors whose types {@link ObsTypes} found to fit. */
final class ArrowCells {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MILLIS_PER_DAY = 86_400_000;

    private ArrowCells() {}

    /**
     * Copies a value that is not null.
     *
     * @param what names column and cell in messages
     * @return its size in bytes, about
     */
    static long set(FieldVector vector, int row, SpecializedGetters from, int ordinal, DataType type, String what) {
        if (vector instanceof VarCharVector texts) {
            byte[] text = from.getUTF8String(ordinal).getBytes();
            texts.setSafe(row, text);
            return text.length;
        }
        if (vector instanceof VarBinaryVector binaries) {
            byte[] bytes = from.getBinary(ordinal);
            binaries.setSafe(row, bytes);
            return bytes.length;
        }
        if (vector instanceof ListVector list) {
            return setList(list, row, from.getArray(ordinal), (ArrayType) type, what);
        }
        if (vector instanceof FixedSizeListVector list) {
            return setVector(list, row, from.getArray(ordinal), (ArrayType) type, what);
        }
        if (vector instanceof StructVector struct) {
            return setStruct(struct, row, from, ordinal, (StructType) type, what);
        }
        setFixed((BaseFixedWidthVector) vector, row, from, ordinal, type, what);
        return Long.BYTES;
    }

    private static void setFixed(
            BaseFixedWidthVector vector, int row, SpecializedGetters from, int ordinal, DataType type, String what) {
        if (vector instanceof BitVector bits) {
            bits.setSafe(row, from.getBoolean(ordinal) ? 1 : 0);
        } else if (vector instanceof Float8Vector doubles) {
            doubles.setSafe(row, real(from, ordinal, type));
        } else if (vector instanceof Float4Vector floats) {
            floats.setSafe(row, (float) real(from, ordinal, type));
        } else if (vector instanceof DateDayVector days) {
            days.setSafe(row, from.getInt(ordinal));
        } else if (vector instanceof DateMilliVector days) {
            days.setSafe(row, from.getInt(ordinal) * MILLIS_PER_DAY);
        } else if (vector instanceof TimeStampVector times) {
            times.setSafe(row, time(from.getLong(ordinal), times, what));
        } else if (vector instanceof DecimalVector decimals) {
            DecimalType decimal = (DecimalType) type;
            decimals.setSafe(
                    row,
                    from.getDecimal(ordinal, decimal.precision(), decimal.scale())
                            .toJavaBigDecimal());
        } else {
            while (row >= vector.getValueCapacity()) {
                vector.reAlloc();
            }
            ((BaseIntVector) vector).setWithPossibleTruncate(row, inRange(whole(from, ordinal, type), vector, what));
        }
    }

    private static double real(SpecializedGetters from, int ordinal, DataType type) {
        if (type.equals(DataTypes.DoubleType)) {
            return from.getDouble(ordinal);
        }
        return type.equals(DataTypes.FloatType) ? from.getFloat(ordinal) : whole(from, ordinal, type);
    }

    private static long whole(SpecializedGetters from, int ordinal, DataType type) {
        if (type.equals(DataTypes.LongType)) {
            return from.getLong(ordinal);
        }
        if (type.equals(DataTypes.IntegerType)) {
            return from.getInt(ordinal);
        }
        return type.equals(DataTypes.ShortType) ? from.getShort(ordinal) : from.getByte(ordinal);
    }

    private static long inRange(long value, FieldVector vector, String what) {
        ArrowType.Int type = (ArrowType.Int) vector.getField().getType();
        int bits = type.getBitWidth() - (type.getIsSigned() ? 1 : 0);
        long min = type.getIsSigned() ? -1L << bits : 0;
        long max = bits >= Long.SIZE - 1 ? Long.MAX_VALUE : (1L << bits) - 1;
        if (value < min || value > max) {
            throw new HoxException(what + " is " + value + ", but the atlas's column holds " + min + " to " + max);
        }
        return value;
    }

    private static long time(long micros, TimeStampVector vector, String what) {
        TimeUnit unit = ((ArrowType.Timestamp) vector.getField().getType()).getUnit();
        long factor = unit == TimeUnit.SECOND ? MICROS_PER_SECOND : MICROS_PER_MILLI;
        return switch (unit) {
            case MICROSECOND -> micros;
            case NANOSECOND -> Math.multiplyExact(micros, 1_000L);
            default -> {
                if (micros % factor != 0) {
                    throw new HoxException(what + " is more precise than the atlas's column, which holds whole "
                            + unit.name().toLowerCase(java.util.Locale.ROOT) + "s; truncate it with date_trunc");
                }
                yield micros / factor;
            }
        };
    }

    private static long setList(ListVector list, int row, ArrayData values, ArrayType type, String what) {
        int n = values.numElements();
        int from = list.startNewValue(row);
        long bytes = setItems(list.getDataVector(), from, values, type, what);
        list.endValue(row, n);
        return bytes;
    }

    private static long setVector(FixedSizeListVector list, int row, ArrayData values, ArrayType type, String what) {
        if (values.numElements() != list.getListSize()) {
            throw new HoxException(what + " has " + values.numElements() + " elements, but the atlas's vectors have "
                    + list.getListSize());
        }
        return setItems(list.getDataVector(), list.startNewValue(row), values, type, what);
    }

    private static long setItems(FieldVector items, int at, ArrayData values, ArrayType type, String what) {
        long bytes = Integer.BYTES;
        for (int i = 0; i < values.numElements(); i++) {
            if (!values.isNullAt(i)) {
                bytes += set(items, at + i, values, i, type.elementType(), what);
            }
        }
        return bytes;
    }

    private static long setStruct(
            StructVector struct, int row, SpecializedGetters from, int ordinal, StructType type, String what) {
        InternalRow values = from.getStruct(ordinal, type.length());
        struct.setIndexDefined(row);
        long bytes = 0;
        for (int i = 0; i < type.length(); i++) {
            if (!values.isNullAt(i)) {
                FieldVector child = struct.getChildrenFromFields().get(i);
                bytes += set(child, row, values, i, type.fields()[i].dataType(), what);
            }
        }
        return bytes;
    }
}
