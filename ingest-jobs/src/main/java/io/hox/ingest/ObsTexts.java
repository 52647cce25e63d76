package io.hox.ingest;

import io.hox.atlas.Times;
import io.hox.source.Column;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;

/** Copies obs columns into vectors of texts, and texts into vectors of times. */
final class ObsTexts {
    private ObsTexts() {}

    static void copy(Column column, VarCharVector vector) {
        if (column.kind() == Column.Kind.CATEGORICAL) {
            copyCategories(column, vector);
        } else {
            copy(column.texts(), vector);
        }
    }

    static void copy(String[] texts, VarCharVector vector) {
        for (int row = 0; row < texts.length; row++) {
            if (texts[row] != null) {
                vector.setSafe(row, texts[row].getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void copyCategories(Column column, VarCharVector vector) {
        String[] categories = column.categories().texts();
        byte[][] bytes = new byte[categories.length][];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = categories[i] == null ? null : categories[i].getBytes(StandardCharsets.UTF_8);
        }
        int[] codes = column.codes();
        for (int row = 0; row < codes.length; row++) {
            if (codes[row] >= 0 && bytes[codes[row]] != null) {
                vector.setSafe(row, bytes[codes[row]]);
            }
        }
    }

    static void copyTimestamps(String file, Column column, int firstRow, TimeStampVector vector) {
        String[] texts = column.texts();
        for (int row = 0; row < column.length(); row++) {
            if (texts[row] != null) {
                try {
                    vector.setSafe(row, Times.micros(texts[row]));
                } catch (DateTimeParseException e) {
                    throw ObsVectors.refused(file, column, firstRow + row, texts[row], vector.getField());
                }
            }
        }
    }

    static void copyDates(String file, Column column, int firstRow, DateDayVector vector) {
        String[] texts = column.texts();
        for (int row = 0; row < column.length(); row++) {
            if (texts[row] != null) {
                try {
                    vector.setSafe(
                            row, (int) LocalDate.parse(texts[row].strip()).toEpochDay());
                } catch (DateTimeParseException e) {
                    throw ObsVectors.refused(file, column, firstRow + row, texts[row], vector.getField());
                }
            }
        }
    }
}
