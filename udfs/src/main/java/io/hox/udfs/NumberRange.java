package io.hox.udfs;

import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;

/**
 * Consecutive elements of a primitive array: one row of an array column of numbers. It is set anew for every row, so that
 * reading a row allocates nothing where the column's own array can be used.
 */
final class NumberRange {
    private final Kind kind;
    private Object array;
    private int from;
    private int length;
    private double[] widened = {};

    NumberRange(Kind kind) {
        this.kind = kind;
    }

    /** The types of elements that hold numbers. */
    enum Kind {
        BYTE,
        SHORT,
        INT,
        LONG,
        FLOAT,
        DOUBLE;

        /** Null for other types. */
        static Kind of(ArrayType type) {
            return switch (type.elementType().typeName()) {
                case "byte" -> BYTE;
                case "short" -> SHORT;
                case "integer" -> INT;
                case "long" -> LONG;
                case "float" -> FLOAT;
                case "double" -> DOUBLE;
                default -> null;
            };
        }
    }

    /** @param primitives of this range's kind; not written to */
    void set(Object primitives, int start, int count) {
        array = primitives;
        from = start;
        length = count;
    }

    /** Copies an array without nulls. */
    void set(ArrayData data) {
        Object copy =
                switch (kind) {
                    case BYTE -> data.toByteArray();
                    case SHORT -> data.toShortArray();
                    case INT -> data.toIntArray();
                    case LONG -> data.toLongArray();
                    case FLOAT -> data.toFloatArray();
                    case DOUBLE -> data.toDoubleArray();
                };
        set(copy, 0, data.numElements());
    }

    /** Copies the elements of an array at some positions, where it has no nulls. */
    void set(ArrayData data, int[] positions, int count) {
        double[] values = new double[count];
        int[] ints = new int[count];
        for (int i = 0; i < count; i++) {
            int at = positions[i];
            switch (kind) {
                case BYTE -> values[i] = data.getByte(at);
                case SHORT -> values[i] = data.getShort(at);
                case INT -> ints[i] = data.getInt(at);
                case LONG -> values[i] = data.getLong(at);
                case FLOAT -> values[i] = data.getFloat(at);
                case DOUBLE -> values[i] = data.getDouble(at);
            }
        }
        set(kind == Kind.INT ? ints : values, 0, count);
    }

    int length() {
        return length;
    }

    boolean isInts() {
        return array instanceof int[];
    }

    /** The array of a range of ints, whose elements begin at {@link #from}. */
    int[] ints() {
        return (int[]) array;
    }

    /** Where the range begins in {@link #ints}. */
    int from() {
        return from;
    }

    /** The values as doubles, from position 0 on, in an array that the next row reuses. Longs are rounded. */
    double[] doubles() {
        if (widened.length < length) {
            widened = new double[Math.max(length, widened.length * 2)];
        }
        double[] values = widened;
        int start = from;
        int n = length;
        if (array instanceof int[] ints) {
            for (int i = 0; i < n; i++) {
                values[i] = ints[start + i];
            }
        } else if (array instanceof float[] floats) {
            for (int i = 0; i < n; i++) {
                values[i] = floats[start + i];
            }
        } else if (array instanceof double[] doubles) {
            System.arraycopy(doubles, start, values, 0, n);
        } else if (array instanceof long[] longs) {
            for (int i = 0; i < n; i++) {
                values[i] = longs[start + i];
            }
        } else if (array instanceof short[] shorts) {
            for (int i = 0; i < n; i++) {
                values[i] = shorts[start + i];
            }
        } else {
            byte[] bytes = (byte[]) array;
            for (int i = 0; i < n; i++) {
                values[i] = bytes[start + i];
            }
        }
        return values;
    }
}
