package io.hox.lance;

import io.hox.HoxException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.ipc.LanceScanner;

/**
 * A stream of batches: {@code while (scan.next()) use(scan.batch());}. The batch object stays the same, its vectors are
 * overwritten by the next call; never close them. Address columns and struct children by name, not by position.
 *
 * <p>A dictionary column (a string enum) arrives as its index vector; {@link #dictionary} gives the vector of distinct
 * values that the indices point into, so a string costs no copy per row. The dictionary may differ from batch to batch:
 * ask again after every {@link #next}. An index can be null, and it can point to a null value (storage 2.0).
 */
public final class LanceScan implements Closeable {
    private final LanceErrors errors;
    private final LanceScanner scanner;
    private final ArrowReader reader;
    private final VectorSchemaRoot root;

    LanceScan(LanceErrors errors, LanceScanner scanner, ArrowReader reader) throws IOException {
        this.errors = errors;
        this.scanner = scanner;
        this.reader = reader;
        this.root = reader.getVectorSchemaRoot();
    }

    /** Columns of the batches; a dictionary column has its index type here. */
    public Schema schema() {
        return root.getSchema();
    }

    /** Moves to the next batch; false at the end. Batches may be empty. */
    public boolean next() {
        try {
            boolean more = reader.loadNextBatch();
            if (more) {
                repairSlices(root.getFieldVectors());
            }
            return more;
        } catch (IOException | RuntimeException e) {
            throw errors.translate(e);
        }
    }

    /** Lance hands out some batches as slices of larger ones, whose texts Arrow's import cuts short. */
    private void repairSlices(List<FieldVector> vectors) {
        for (FieldVector vector : vectors) {
            if (vector instanceof BaseVariableWidthVector text) {
                repairSlice(text);
            } else {
                repairSlices(vector.getChildrenFromFields());
            }
        }
    }

    // The import takes the distance from the first offset to the last for the length of the data, but the data begin
    // where offset 0 is. The memory is all there, only the bound is wrong: copied out, the texts are the vector's own.
    private static void repairSlice(BaseVariableWidthVector text) {
        int count = text.getValueCount();
        ArrowBuf offsets = text.getOffsetBuffer();
        if (count == 0 || offsets.getInt(0) == 0) {
            return;
        }
        long end = offsets.getInt((long) count * BaseVariableWidthVector.OFFSET_WIDTH);
        ArrowBuf data = new ArrowBuf(
                ReferenceManager.NO_OP, null, end, text.getDataBuffer().memoryAddress());
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            if (!text.isNull(i)) {
                int start = offsets.getInt((long) i * BaseVariableWidthVector.OFFSET_WIDTH);
                values[i] = new byte[offsets.getInt((i + 1L) * BaseVariableWidthVector.OFFSET_WIDTH) - start];
                data.getBytes(start, values[i]);
            }
        }
        text.clear();
        text.allocateNew(end, count);
        for (int i = 0; i < count; i++) {
            if (values[i] != null) {
                text.setSafe(i, values[i]);
            }
        }
        text.setValueCount(count);
    }

    /** The current batch, valid until the next call of {@link #next} or {@link #close}. */
    public VectorSchemaRoot batch() {
        return root;
    }

    /** Takes the current batch out of the scan; the caller closes it. {@link #batch} is empty then. */
    public LanceBatch take() {
        return LanceBatch.take(root, id -> reader.lookup(id).getVector());
    }

    /** The values that a dictionary column's indices point to; null when the column is not dictionary-encoded. */
    public FieldVector dictionary(String column) {
        FieldVector vector = root.getVector(column);
        return vector == null ? null : dictionary(vector);
    }

    /** As {@link #dictionary(String)} for any vector of the batch, struct children included. */
    public FieldVector dictionary(FieldVector vector) {
        Field field = vector.getField();
        if (field.getDictionary() == null) {
            return null;
        }
        Dictionary dictionary = reader.lookup(field.getDictionary().getId());
        return dictionary == null ? null : dictionary.getVector();
    }

    /** Type of a dictionary's values. */
    ArrowType dictionaryType(Field field) {
        return reader.lookup(field.getDictionary().getId()).getVectorType();
    }

    @Override
    public void close() {
        try {
            reader.close();
            scanner.close();
        } catch (HoxException e) {
            throw e;
        } catch (Exception e) {
            throw errors.translate(e);
        }
    }
}
