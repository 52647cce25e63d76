package io.hox.ingest;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.zarr.DataType;
import io.hox.zarr.Numbers;
import io.hox.zarr.Values;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Copies obs columns of a file into Arrow vectors of a cell table, without loss or not at all. */
final class ObsVectors {
    /** What a vector type takes. */
    enum Target {
        TEXT,
        WHOLE,
        REAL,
        BOOL,
        TIMESTAMP,
        DATE,
        OTHER
    }

    private ObsVectors() {}

    /** Refuses a column whose kind can never become the field's type; single values are checked when copied. */
    static void requireConvertible(String file, Column column, Field field) {
        boolean fits =
                switch (target(field)) {
                    case TEXT -> column.kind() != Column.Kind.FLOAT;
                    case WHOLE -> column.kind() == Column.Kind.INTEGER || column.kind() == Column.Kind.FLOAT;
                    case REAL -> column.kind() == Column.Kind.INTEGER || column.kind() == Column.Kind.FLOAT;
                    case BOOL -> column.kind() == Column.Kind.BOOL || isText(column);
                    case TIMESTAMP, DATE -> isText(column);
                    case OTHER -> false;
                };
        if (!fits) {
            throw new HoxException(file + ": obs column " + column.name() + " holds "
                    + column.kind().name().toLowerCase(java.util.Locale.ROOT) + " values and cannot fill "
                    + field.getName() + ", which is " + field.getType()
                    + "; convert it in the file, or map another column with --obs FROM=" + field.getName());
        }
    }

    /**
     * Copies a column into a vector.
     *
     * @param firstRow number that messages give to the column's first row
     */
    static void copy(String file, Column column, int firstRow, Field field, FieldVector vector) {
        vector.setInitialCapacity(column.length());
        vector.allocateNew();
        switch (target(field)) {
            case TEXT -> ObsTexts.copy(column, (VarCharVector) vector);
            case WHOLE -> copyWhole(file, column, firstRow, field, vector);
            case REAL -> copyReal(file, column, firstRow, field, vector);
            case BOOL -> copyBooleans(file, column, firstRow, (BitVector) vector);
            case TIMESTAMP -> ObsTexts.copyTimestamps(file, column, firstRow, (TimeStampVector) vector);
            case DATE -> ObsTexts.copyDates(file, column, firstRow, (DateDayVector) vector);
            case OTHER -> throw new IllegalStateException("unchecked column " + column.name());
        }
        vector.setValueCount(column.length());
    }

    /** Whether a value of the column may turn out not to fit the field, or to be missing where one is required. */
    static boolean canFail(Column column, Field field) {
        return !field.isNullable()
                || switch (target(field)) {
                    case TEXT, REAL -> false;
                    case BOOL -> column.kind() != Column.Kind.BOOL;
                    default -> true;
                };
    }

    private static void copyWhole(String file, Column column, int firstRow, Field field, FieldVector vector) {
        Values values = column.values();
        boolean[] missing = column.missing();
        for (int row = 0; row < column.length(); row++) {
            if (missing != null && missing[row]) {
                continue;
            }
            long value;
            if (values.type().isFloat()) {
                double real = Numbers.doubleAt(values, row);
                if (Double.isNaN(real)) {
                    continue;
                }
                value = (long) real;
                if (value != real || Math.abs(real) > 9.007199254740992E15) {
                    throw refused(file, column, firstRow + row, real, field);
                }
            } else {
                value = Numbers.longAt(values, row);
                if (values.type() == DataType.UINT64 && value < 0) {
                    throw refused(file, column, firstRow + row, Long.toUnsignedString(value), field);
                }
            }
            if (!setWhole(vector, row, value)) {
                throw refused(file, column, firstRow + row, value, field);
            }
        }
    }

    /** @return false where the vector's type does not hold the value */
    private static boolean setWhole(FieldVector vector, int row, long value) {
        if (vector instanceof BigIntVector longs) {
            longs.setSafe(row, value);
            return true;
        }
        if (vector instanceof IntVector ints) {
            ints.setSafe(row, (int) value);
            return value == (int) value;
        }
        if (vector instanceof SmallIntVector shorts) {
            shorts.setSafe(row, (short) value);
            return value == (short) value;
        }
        ((TinyIntVector) vector).setSafe(row, (byte) value);
        return value == (byte) value;
    }

    /** As in homeobox NaN becomes null where the column allows it. */
    private static void copyReal(String file, Column column, int firstRow, Field field, FieldVector vector) {
        Values values = column.values();
        boolean[] missing = column.missing();
        for (int row = 0; row < column.length(); row++) {
            double value = Numbers.doubleAt(values, row);
            if ((missing != null && missing[row]) || (Double.isNaN(value) && field.isNullable())) {
                continue;
            }
            if (vector instanceof Float8Vector doubles) {
                doubles.setSafe(row, value);
            } else {
                if ((float) value != value && !Double.isNaN(value)) {
                    throw refused(file, column, firstRow + row, value, field);
                }
                ((Float4Vector) vector).setSafe(row, (float) value);
            }
        }
    }

    private static void copyBooleans(String file, Column column, int firstRow, BitVector vector) {
        if (column.kind() == Column.Kind.BOOL) {
            byte[] values = column.values().bytes();
            boolean[] missing = column.missing();
            for (int row = 0; row < column.length(); row++) {
                if (missing == null || !missing[row]) {
                    vector.setSafe(row, values[row]);
                }
            }
            return;
        }
        String[] texts = column.texts();
        for (int row = 0; row < column.length(); row++) {
            if (texts[row] != null) {
                boolean yes = texts[row].equalsIgnoreCase("true");
                if (!yes && !texts[row].equalsIgnoreCase("false")) {
                    throw refused(file, column, firstRow + row, texts[row], vector.getField());
                }
                vector.setSafe(row, yes ? 1 : 0);
            }
        }
    }

    static HoxException refused(String file, Column column, int row, Object value, Field field) {
        return new HoxException(file + ": obs column " + column.name() + " has the value " + value + " in row " + row
                + ", which does not fit " + field.getName() + " of type " + field.getType());
    }

    private static boolean isText(Column column) {
        return column.kind() == Column.Kind.STRING || column.kind() == Column.Kind.CATEGORICAL;
    }

    static Target target(Field field) {
        ArrowType type = field.getType();
        if (type instanceof ArrowType.Utf8) {
            return Target.TEXT;
        }
        if (type instanceof ArrowType.Int whole) {
            return whole.getIsSigned() ? Target.WHOLE : Target.OTHER;
        }
        if (type instanceof ArrowType.FloatingPoint real) {
            return real.getPrecision() == FloatingPointPrecision.HALF ? Target.OTHER : Target.REAL;
        }
        if (type instanceof ArrowType.Bool) {
            return Target.BOOL;
        }
        if (type instanceof ArrowType.Timestamp time) {
            return time.getUnit() == TimeUnit.MICROSECOND ? Target.TIMESTAMP : Target.OTHER;
        }
        return type instanceof ArrowType.Date date && date.getUnit() == DateUnit.DAY ? Target.DATE : Target.OTHER;
    }
}
