package io.hox.atlas;

import io.hox.lance.LanceScan;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.VarCharVector;

/** Single values of the small tables, as plain Java objects. */
final class ArrowValues {
    private ArrowValues() {}

    /** The text of a string column; null where the value is missing. */
    static String text(FieldVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        return vector instanceof VarCharVector strings
                ? new String(strings.get(row), StandardCharsets.UTF_8)
                : vector.getObject(row).toString();
    }

    static long integer(FieldVector vector, int row) {
        return vector instanceof BigIntVector longs ? longs.get(row) : ((BaseIntVector) vector).getValueAsLong(row);
    }

    /** A String, Long, Double or Boolean; any other type as its text; null where the value is missing. */
    static Object value(LanceScan scan, FieldVector vector, int row) {
        if (vector.isNull(row)) {
            return null;
        }
        FieldVector dictionary = scan.dictionary(vector);
        if (dictionary != null) {
            return text(dictionary, (int) integer(vector, row));
        }
        if (vector instanceof BaseIntVector) {
            return integer(vector, row);
        }
        if (vector instanceof FloatingPointVector numbers) {
            return numbers.getValueAsDouble(row);
        }
        if (vector instanceof BitVector bits) {
            return bits.get(row) != 0;
        }
        return text(vector, row);
    }
}
