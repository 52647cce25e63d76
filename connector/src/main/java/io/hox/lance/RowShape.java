package io.hox.lance;

import io.hox.HoxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Batches in the exact shape of a table: columns in its order with its nullability and metadata, absent nullable columns
 * as nulls, strings of dictionary columns encoded. Buffers are shared with the caller's batch, not copied.
 *
 * <p>Storage version 2.0 does not record that a struct is null: it would bring back whatever lies in the children. There
 * a null struct is written as a struct whose children are null.
 */
final class RowShape implements AutoCloseable {
    private final String table;
    private final Schema schema;
    private final boolean keepsNullStructs;
    private final VectorSchemaRoot root;
    private HoxException failure;
    private final Map<Long, Dictionary> dictionaries = new HashMap<>();
    private final Map<String, StringDictionary> encoders = new HashMap<>();

    /** @param schema dictionary columns with their value type and an encoding, as {@link LanceTable#schema()} has them */
    RowShape(BufferAllocator allocator, String table, Schema schema, String storageVersion) {
        this.table = table;
        this.schema = schema;
        this.keepsNullStructs = !storageVersion.equals("2.0");
        List<Field> fields = new ArrayList<>();
        List<FieldVector> vectors = new ArrayList<>();
        for (Field field : schema.getFields()) {
            if (field.getDictionary() == null) {
                fields.add(field);
                vectors.add(field.createVector(allocator));
            } else {
                StringDictionary encoder = new StringDictionary(allocator, field);
                encoders.put(field.getName(), encoder);
                dictionaries.put(field.getDictionary().getId(), encoder.dictionary());
                fields.add(encoder.indexField());
                vectors.add(encoder.indexField().createVector(allocator));
            }
        }
        // With fields of its own: those of list vectors have lost the name of the list's items.
        this.root = new VectorSchemaRoot(new Schema(fields, schema.getCustomMetadata()), vectors, 0);
    }

    VectorSchemaRoot root() {
        return root;
    }

    Map<Long, Dictionary> dictionaries() {
        return dictionaries;
    }

    /** What was wrong with the rows of {@link #load}; the native library hands on no more than a message. */
    HoxException failure() {
        return failure;
    }

    /** Replaces the content of {@link #root()} by these rows. */
    void load(VectorSchemaRoot rows) {
        try {
            fill(rows);
        } catch (HoxException e) {
            failure = e;
            throw e;
        }
    }

    private void fill(VectorSchemaRoot rows) {
        rejectUnknownColumns(rows);
        int count = rows.getRowCount();
        for (Field field : schema.getFields()) {
            FieldVector source = rows.getVector(field.getName());
            FieldVector target = root.getVector(field.getName());
            target.clear();
            if (source == null) {
                target.setInitialCapacity(count);
                target.allocateNew();
                if (target instanceof StructVector struct && !keepsNullStructs) {
                    for (int row = 0; row < count; row++) {
                        struct.setIndexDefined(row);
                    }
                }
                target.setValueCount(count);
                if (encoders.containsKey(field.getName())) {
                    encoders.get(field.getName()).ensureValue();
                }
            } else if (encoders.containsKey(field.getName()) && source instanceof VarCharVector strings) {
                encoders.get(field.getName()).encode(strings, count, target);
            } else {
                requireSameType(field, source.getField(), field.getName());
                if (target instanceof StructVector struct && !keepsNullStructs) {
                    copyWithoutNullStructs((StructVector) source, struct, count);
                } else {
                    source.makeTransferPair(target).splitAndTransfer(0, count);
                }
            }
            if (!field.isNullable() && count > 0 && target.getNullCount() > 0) {
                throw new HoxException("column [" + field.getName() + "] of table " + table + " is required, but "
                        + target.getNullCount() + " of " + count + " rows have no value; fill it before writing");
            }
        }
        root.setRowCount(count);
    }

    private static void copyWithoutNullStructs(StructVector source, StructVector target, int count) {
        target.allocateNew();
        for (int row = 0; row < count; row++) {
            if (source.isNull(row)) {
                target.setIndexDefined(row);
            } else {
                target.copyFromSafe(row, row, source);
            }
        }
        target.setValueCount(count);
    }

    private void rejectUnknownColumns(VectorSchemaRoot rows) {
        List<String> known = schema.getFields().stream().map(Field::getName).toList();
        for (FieldVector vector : rows.getFieldVectors()) {
            if (!known.contains(vector.getName())) {
                throw new HoxException(
                        "table " + table + " has no column [" + vector.getName() + "]; its columns are " + known);
            }
        }
    }

    private void requireSameType(Field expected, Field actual, String path) {
        if (!expected.getType().equals(actual.getType())
                || expected.getChildren().size() != actual.getChildren().size()) {
            throw new HoxException("column [" + path + "] of table " + table + " holds " + describe(expected)
                    + ", but the rows to write have " + describe(actual));
        }
        boolean struct = expected.getType() instanceof ArrowType.Struct;
        for (int i = 0; i < expected.getChildren().size(); i++) {
            Field child = expected.getChildren().get(i);
            Field other = actual.getChildren().get(i);
            if (struct && !child.getName().equals(other.getName())) {
                throw new HoxException("column [" + path + "] of table " + table + " has the fields "
                        + describe(expected) + ", but the rows to write have " + describe(actual));
            }
            requireSameType(child, other, path + "." + child.getName());
        }
    }

    private static String describe(Field field) {
        return field.getChildren().isEmpty()
                ? field.getType().toString()
                : field.getType() + field.getChildren().toString();
    }

    @Override
    public void close() {
        root.close();
        encoders.values().forEach(StringDictionary::close);
    }
}
