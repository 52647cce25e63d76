package io.hox.lance;

import io.hox.HoxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Batches in the exact shape of a table: columns in its order with its nullability and metadata, absent nullable columns
 * as nulls, strings of dictionary columns encoded. Buffers are shared with the caller's batch, not copied.
 */
final class RowShape implements AutoCloseable {
    private final String table;
    private final Schema schema;
    private final VectorSchemaRoot root;
    private final Map<Long, Dictionary> dictionaries = new HashMap<>();
    private final Map<String, StringDictionary> encoders = new HashMap<>();

    /** @param schema dictionary columns with their value type and an encoding, as {@link LanceTable#schema()} has them */
    RowShape(BufferAllocator allocator, String table, Schema schema) {
        this.table = table;
        this.schema = schema;
        List<FieldVector> vectors = new ArrayList<>();
        for (Field field : schema.getFields()) {
            if (field.getDictionary() == null) {
                vectors.add(field.createVector(allocator));
            } else {
                StringDictionary encoder = new StringDictionary(allocator, field);
                encoders.put(field.getName(), encoder);
                dictionaries.put(field.getDictionary().getId(), encoder.dictionary());
                vectors.add(encoder.indexField().createVector(allocator));
            }
        }
        this.root = new VectorSchemaRoot(vectors);
    }

    VectorSchemaRoot root() {
        return root;
    }

    Map<Long, Dictionary> dictionaries() {
        return dictionaries;
    }

    /** Replaces the content of {@link #root()} by these rows. */
    void load(VectorSchemaRoot rows) {
        rejectUnknownColumns(rows);
        int count = rows.getRowCount();
        for (Field field : schema.getFields()) {
            FieldVector source = rows.getVector(field.getName());
            FieldVector target = root.getVector(field.getName());
            target.clear();
            if (source == null) {
                target.allocateNew();
                target.setValueCount(count);
            } else if (encoders.containsKey(field.getName()) && source instanceof VarCharVector strings) {
                encoders.get(field.getName()).encode(strings, count, target);
            } else {
                requireSameType(field, source.getField(), field.getName());
                source.makeTransferPair(target).splitAndTransfer(0, count);
            }
            if (!field.isNullable() && count > 0 && target.getNullCount() > 0) {
                throw new HoxException("column [" + field.getName() + "] of table " + table + " is required, but "
                        + target.getNullCount() + " of " + count + " rows have no value; fill it before writing");
            }
        }
        root.setRowCount(count);
    }

    private void rejectUnknownColumns(VectorSchemaRoot rows) {
        Set<String> unknown = new TreeSet<>();
        for (Field field : rows.getSchema().getFields()) {
            if (schema.findField(field.getName()) == null) {
                unknown.add(field.getName());
            }
        }
        if (!unknown.isEmpty()) {
            throw new HoxException("table " + table + " has no column " + unknown + "; its columns are "
                    + schema.getFields().stream().map(Field::getName).toList());
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
