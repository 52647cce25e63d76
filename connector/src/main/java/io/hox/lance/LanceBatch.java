package io.hox.lance;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.util.TransferPair;

/**
 * A batch that was taken out of a scan: its vectors stay as they are, whatever the scan does, until they are closed. As in
 * a {@link LanceScan}, a dictionary column is its index vector, and {@link #dictionary} gives its values.
 */
public final class LanceBatch implements AutoCloseable {
    private final int rows;
    private final Map<String, FieldVector> vectors = new LinkedHashMap<>();
    private final Map<Long, FieldVector> dictionaries = new HashMap<>();

    private LanceBatch(int rows) {
        this.rows = rows;
    }

    /** Rows of which no column was asked for. */
    public static LanceBatch withoutColumns(int rows) {
        return new LanceBatch(rows);
    }

    static LanceBatch take(VectorSchemaRoot root, LongFunction<FieldVector> dictionaryOf) {
        LanceBatch batch = new LanceBatch(root.getRowCount());
        try {
            for (FieldVector vector : root.getFieldVectors()) {
                batch.vectors.put(vector.getName(), moved(vector));
            }
            batch.takeDictionaries(List.copyOf(batch.vectors.values()), dictionaryOf);
            return batch;
        } catch (RuntimeException e) {
            batch.close();
            throw e;
        }
    }

    private void takeDictionaries(List<FieldVector> holders, LongFunction<FieldVector> dictionaryOf) {
        for (FieldVector holder : holders) {
            DictionaryEncoding encoding = holder.getField().getDictionary();
            if (encoding != null && !dictionaries.containsKey(encoding.getId())) {
                FieldVector values = moved(dictionaryOf.apply(encoding.getId()));
                dictionaries.put(encoding.getId(), values);
                takeDictionaries(List.of(values), dictionaryOf);
            }
            takeDictionaries(holder.getChildrenFromFields(), dictionaryOf);
        }
    }

    private static FieldVector moved(FieldVector vector) {
        TransferPair pair = vector.getTransferPair(vector.getAllocator());
        pair.transfer();
        return (FieldVector) pair.getTo();
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** A column; null when there is none of that name. */
    public FieldVector vector(String column) {
        return vectors.get(column);
    }

    /** The values that a dictionary vector's indices point to, for any vector of the batch; null for other vectors. */
    public FieldVector dictionary(FieldVector vector) {
        DictionaryEncoding encoding = vector.getField().getDictionary();
        return encoding == null ? null : dictionaries.get(encoding.getId());
    }

    /** Releases the vectors; does nothing when called again. */
    @Override
    public void close() {
        vectors.values().forEach(FieldVector::close);
        dictionaries.values().forEach(FieldVector::close);
        vectors.clear();
        dictionaries.clear();
    }
}
