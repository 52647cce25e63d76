package io.hox.ingest;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.zarr.Numbers;
import java.util.Arrays;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Values of a var column as objects of a registry column's type. */
final class RegistryValues {
    private RegistryValues() {}

    /** One value per feature, null where it is missing. */
    static Object[] of(String file, Column column, Field field) {
        ArrowType type = field.getType();
        Object[] values;
        if (type instanceof ArrowType.Utf8) {
            values = Arrays.copyOf(column.texts(), column.length(), Object[].class);
        } else if (isText(column)) {
            throw mismatch(file, column, field);
        } else {
            values = numbers(file, column, field);
        }
        if (!field.isNullable()) {
            int missing = Arrays.asList(values).indexOf(null);
            if (missing >= 0) {
                throw new HoxException(file + ": var column " + column.name() + " has no value for feature " + missing
                        + " (counted from 0), but the registry requires one");
            }
        }
        return values;
    }

    private static Object[] numbers(String file, Column column, Field field) {
        ArrowType type = field.getType();
        boolean[] missing = column.missing();
        Object[] values = new Object[column.length()];
        for (int i = 0; i < values.length; i++) {
            if (missing != null && missing[i]) {
                continue;
            }
            if (type instanceof ArrowType.Bool && column.kind() == Column.Kind.BOOL) {
                values[i] = column.values().bytes()[i] != 0;
            } else if (type instanceof ArrowType.Int && column.kind() == Column.Kind.INTEGER) {
                values[i] = Numbers.longAt(column.values(), i);
            } else if (type instanceof ArrowType.FloatingPoint && column.kind() != Column.Kind.BOOL) {
                double value = Numbers.doubleAt(column.values(), i);
                values[i] = Double.isNaN(value) && field.isNullable() ? null : (Double) value;
            } else {
                throw mismatch(file, column, field);
            }
        }
        return values;
    }

    private static boolean isText(Column column) {
        return column.kind() == Column.Kind.STRING || column.kind() == Column.Kind.CATEGORICAL;
    }

    private static HoxException mismatch(String file, Column column, Field field) {
        return new HoxException(file + ": var column " + column.name() + " holds "
                + column.kind().name().toLowerCase(java.util.Locale.ROOT) + " values, but the registry's column is "
                + field.getType() + "; convert it in the file or leave it out");
    }
}
