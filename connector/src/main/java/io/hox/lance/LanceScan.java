package io.hox.lance;

import io.hox.HoxException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
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
                rejectSlices();
            }
            return more;
        } catch (IOException | RuntimeException e) {
            throw errors.translate(e);
        }
    }

    /**
     * Arrow's C data import misreads slices of larger batches. None are expected from the scans made here; if one comes,
     * a failure is better than wrong values.
     */
    private void rejectSlices() {
        for (FieldVector vector : root.getFieldVectors()) {
            if (vector instanceof BaseVariableWidthVector text
                    && text.getValueCount() > 0
                    && text.getOffsetBuffer().getInt(0) != 0) {
                throw new HoxException("Lance returned a slice of a batch, which can't be read correctly; "
                        + "run the query without limit and offset");
            }
        }
    }

    /** The current batch, valid until the next call of {@link #next} or {@link #close}. */
    public VectorSchemaRoot batch() {
        return root;
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

    /** Names of the batch's columns, in order. */
    public List<String> columns() {
        return root.getSchema().getFields().stream().map(Field::getName).toList();
    }

    @Override
    public void close() {
        try {
            reader.close();
            if (scanner != null) {
                scanner.close();
            }
        } catch (HoxException e) {
            throw e;
        } catch (Exception e) {
            throw errors.translate(e);
        }
    }
}
