package io.hox.ingest;

import io.hox.HoxException;
import io.hox.source.Column;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Values that cells get where the source has none. */
final class ObsFallbacks {
    private ObsFallbacks() {}

    /** Refuses a text that is no value of the column. */
    static void check(String text, Field field) {
        try (FieldVector one = ObsBatches.newVector(field)) {
            put(text, field, one);
        }
    }

    /** The vector with the value of the text where it has none. The given one is closed when another is returned. */
    static FieldVector filled(String text, Field field, FieldVector vector) {
        if (vector.getNullCount() == 0) {
            return vector;
        }
        int n = vector.getValueCount();
        FieldVector filled = ObsBatches.newVector(field);
        try (FieldVector one = ObsBatches.newVector(field)) {
            put(text, field, one);
            // In order: texts can't be put between others.
            for (int row = 0; row < n; row++) {
                boolean empty = vector.isNull(row);
                filled.copyFromSafe(empty ? 0 : row, row, empty ? one : vector);
            }
            filled.setValueCount(n);
        } catch (RuntimeException e) {
            filled.close();
            throw e;
        }
        vector.close();
        return filled;
    }

    private static void put(String text, Field field, FieldVector one) {
        String name = field.getName();
        String what = "the value " + text + " for cells without a " + name;
        Column column;
        try {
            column = switch (ObsVectors.target(field)) {
                case WHOLE -> Column.of(name, Values.of(DataType.INT64, new long[] {Long.parseLong(text.strip())}));
                case REAL -> Column.of(
                        name, Values.of(DataType.FLOAT64, new double[] {Double.parseDouble(text.strip())}));
                case OTHER -> throw new HoxException(what + " can't be given: the column holds " + field.getType());
                default -> Column.strings(name, new String[] {text});
            };
        } catch (NumberFormatException e) {
            throw new HoxException(what + " is not of the column's type, " + field.getType(), e);
        }
        ObsVectors.copy(what, column, 0, field, one);
    }
}
