package io.hox.atlas;

import io.hox.lance.LanceScan;
import java.util.Arrays;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;

/** One column of a registry in memory: primitive arrays for numbers, strings for everything else. */
public final class FeatureColumn {

    /** What {@link #value} returns for a column. */
    public enum Type {
        /** String */
        TEXT,
        /** Long */
        INTEGER,
        /** Double */
        FLOAT,
        /** Boolean */
        BOOLEAN
    }

    private final String name;
    private final Type type;
    private String[] texts;
    private long[] numbers;
    private boolean[] present;

    private FeatureColumn(String name, Type type, int rows) {
        this.name = name;
        this.type = type;
        if (type == Type.TEXT) {
            texts = new String[rows];
        } else {
            numbers = new long[rows];
            present = new boolean[rows];
        }
    }

    /** An empty column that takes vectors like this one. */
    static FeatureColumn like(LanceScan scan, FieldVector vector, int rows) {
        Type type = Type.TEXT;
        if (scan.dictionary(vector) == null) {
            if (vector instanceof BaseIntVector) {
                type = Type.INTEGER;
            } else if (vector instanceof FloatingPointVector) {
                type = Type.FLOAT;
            } else if (vector instanceof BitVector) {
                type = Type.BOOLEAN;
            }
        }
        return new FeatureColumn(vector.getName(), type, rows);
    }

    /** Copies the vector's first {@code count} values to position {@code at} on; returns the characters of text copied. */
    long put(LanceScan scan, FieldVector vector, int count, int at) {
        long characters = 0;
        for (int i = 0; i < count; i++) {
            Object value = ArrowValues.value(scan, vector, i);
            if (value == null) {
                continue;
            }
            if (type == Type.TEXT) {
                texts[at + i] = value.toString();
                characters += texts[at + i].length();
                continue;
            }
            present[at + i] = true;
            numbers[at + i] = switch (type) {
                case INTEGER -> (Long) value;
                case FLOAT -> Double.doubleToRawLongBits((Double) value);
                default -> (Boolean) value ? 1 : 0;
            };
        }
        return characters;
    }

    void trim(int rows) {
        if (type == Type.TEXT) {
            texts = Arrays.copyOf(texts, rows);
        } else {
            numbers = Arrays.copyOf(numbers, rows);
            present = Arrays.copyOf(present, rows);
        }
    }

    /** The column's name. */
    public String name() {
        return name;
    }

    /** The type of the column's values. */
    public Type type() {
        return type;
    }

    /** Whether a row has no value. */
    public boolean isNull(int row) {
        return type == Type.TEXT ? texts[row] == null : !present[row];
    }

    /** The value as an object of the column's type; null where it is missing. */
    public Object value(int row) {
        if (isNull(row)) {
            return null;
        }
        return switch (type) {
            case TEXT -> texts[row];
            case INTEGER -> numbers[row];
            case FLOAT -> Double.longBitsToDouble(numbers[row]);
            case BOOLEAN -> numbers[row] != 0;
        };
    }

    /** The value as a user would type it; null where it is missing. */
    public String text(int row) {
        Object value = value(row);
        return value == null ? null : value.toString();
    }
}
