package io.hox.lance;

import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.Text;

/** Encodes the strings of one column. The dictionary only grows, so that codes of earlier batches stay right. */
final class StringDictionary implements AutoCloseable {
    private final Field indexField;
    private final VarCharVector values;
    private final Dictionary dictionary;
    private final Map<Text, Integer> codes = new HashMap<>();

    /** @param field a field with the value type and a dictionary encoding */
    StringDictionary(BufferAllocator allocator, Field field) {
        DictionaryEncoding encoding = field.getDictionary();
        this.indexField = new Field(
                field.getName(),
                new FieldType(field.isNullable(), encoding.getIndexType(), encoding, field.getMetadata()),
                null);
        this.values = new VarCharVector(field.getName(), allocator);
        this.values.allocateNew();
        this.values.setValueCount(0);
        this.dictionary = new Dictionary(values, encoding);
    }

    Field indexField() {
        return indexField;
    }

    Dictionary dictionary() {
        return dictionary;
    }

    void encode(VarCharVector strings, int count, FieldVector target) {
        BaseIntVector indices = (BaseIntVector) target;
        target.setInitialCapacity(count);
        target.allocateNew();
        for (int row = 0; row < count; row++) {
            if (!strings.isNull(row)) {
                indices.setWithPossibleTruncate(row, code(strings.getObject(row)));
            }
        }
        target.setValueCount(count);
        ensureValue();
    }

    /** The codes of null rows are checked as well: they need a value to point to. */
    void ensureValue() {
        if (codes.isEmpty()) {
            code(new Text(""));
        }
    }

    private int code(Text text) {
        Integer known = codes.get(text);
        if (known != null) {
            return known;
        }
        int code = codes.size();
        codes.put(text, code);
        values.setSafe(code, text);
        values.setValueCount(code + 1);
        return code;
    }

    @Override
    public void close() {
        values.close();
    }
}
