package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceRuntime;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Rows of the small tables (datasets, registries, layouts, versions) as an Arrow batch. */
final class TableRows {
    private TableRows() {}

    /**
     * @param schema the table's schema; dictionary columns come out as plain strings
     * @param rows values by column: String, Number, Boolean, byte[], List, microseconds for timestamps, days for dates;
     *     null or absent for none
     * @return a batch that the caller closes
     */
    static VectorSchemaRoot of(Schema schema, List<? extends Map<String, ?>> rows, String table) {
        List<Field> plain = schema.getFields().stream()
                .map(f -> new Field(f.getName(), FieldType.nullable(f.getType()), f.getChildren()))
                .toList();
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(plain), LanceRuntime.allocator());
        try {
            root.allocateNew();
            for (FieldVector vector : root.getFieldVectors()) {
                for (int row = 0; row < rows.size(); row++) {
                    Object value = rows.get(row).get(vector.getName());
                    if (value != null) {
                        set(vector, row, value, table + "." + vector.getName());
                    }
                }
            }
            root.setRowCount(rows.size());
            return root;
        } catch (RuntimeException e) {
            root.close();
            throw e;
        }
    }

    private static void set(FieldVector vector, int row, Object value, String where) {
        try {
            if (vector instanceof VarCharVector strings) {
                strings.setSafe(row, ((CharSequence) value).toString().getBytes(StandardCharsets.UTF_8));
            } else if (vector instanceof BigIntVector longs) {
                longs.setSafe(row, exact(value));
            } else if (vector instanceof Float8Vector doubles) {
                doubles.setSafe(row, ((Number) value).doubleValue());
            } else if (vector instanceof Float4Vector floats) {
                floats.setSafe(row, ((Number) value).floatValue());
            } else if (vector instanceof BitVector bits) {
                bits.setSafe(row, (Boolean) value ? 1 : 0);
            } else if (vector instanceof TimeStampVector times) {
                times.setSafe(row, exact(value));
            } else if (vector instanceof DateDayVector days) {
                days.setSafe(row, Math.toIntExact(exact(value)));
            } else if (vector instanceof VarBinaryVector bytes) {
                bytes.setSafe(row, (byte[]) value);
            } else if (vector instanceof ListVector list) {
                setList(list, row, (List<?>) value, where);
            } else {
                throw new ClassCastException();
            }
        } catch (ClassCastException | ArithmeticException e) {
            ArrowType type = vector.getField().getType();
            throw new HoxException("the value [" + value + "] does not fit into " + where + ", which holds " + type, e);
        }
    }

    private static void setList(ListVector list, int row, List<?> values, String where) {
        int from = list.startNewValue(row);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != null) {
                set(list.getDataVector(), from + i, values.get(i), where);
            }
        }
        list.endValue(row, values.size());
    }

    private static long exact(Object value) {
        Number number = (Number) value;
        if (number.doubleValue() != Math.rint(number.doubleValue())) {
            throw new ArithmeticException("not an integer");
        }
        return number.longValue();
    }
}
