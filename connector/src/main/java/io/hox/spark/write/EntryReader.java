package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;

/** Takes the entries of a field out of rows. */
final class EntryReader {
    /** Fields of Spark's vector type. */
    private static final int VECTOR_KIND = 0;

    private static final int VECTOR_SIZE = 1;
    private static final int VECTOR_INDICES = 2;
    private static final int VECTOR_VALUES = 3;
    private static final int VECTOR_FIELDS = 4;

    private final FieldInput input;

    EntryReader(FieldInput input) {
        this.input = input;
    }

    /**
     * The entries of a row.
     *
     * @param cell names the cell in messages
     * @return null when the cell was not assayed
     */
    Entries read(InternalRow row, String cell) {
        return switch (input.form()) {
            case COLUMNS -> arrays(row, cell);
            case STRUCT -> row.isNullAt(input.ordinal())
                    ? null
                    : arrays(row.getStruct(input.ordinal(), input.width()), cell);
            case VECTOR -> row.isNullAt(input.ordinal())
                    ? null
                    : vector(row.getStruct(input.ordinal(), VECTOR_FIELDS), cell);
        };
    }

    private Entries arrays(InternalRow row, String cell) {
        if (row.isNullAt(input.indices())) {
            return null;
        }
        int[] indices = ArrayValues.indices(row.getArray(input.indices()), input.indexType(), cell);
        List<LayerInput> layers = input.layers();
        Values[] values = new Values[layers.size()];
        for (int i = 0; i < values.length; i++) {
            LayerInput layer = layers.get(i);
            if (!row.isNullAt(layer.ordinal())) {
                ArrayData array = row.getArray(layer.ordinal());
                if (array.numElements() != indices.length) {
                    throw new HoxException(cell + " has " + indices.length + " indices but " + array.numElements()
                            + " values of layer " + layer.name() + "; every index needs one value");
                }
                values[i] = ArrayValues.values(array, layer.element(), layer.name(), cell);
            } else if (layer.required()) {
                throw new HoxException(cell + " has indices but no values of layer " + layer.name()
                        + ", which feature space " + input.space().name() + " requires");
            }
        }
        boolean grouped = input.group() >= 0 && !row.isNullAt(input.group());
        return new Entries(grouped ? row.getUTF8String(input.group()).toString() : null, indices, values);
    }

    private Entries vector(InternalRow vector, String cell) {
        int features = input.measured().indices();
        ArrayData array = vector.getArray(VECTOR_VALUES);
        boolean sparse = vector.getByte(VECTOR_KIND) == 0;
        int size = sparse ? vector.getInt(VECTOR_SIZE) : array.numElements();
        if (size != features) {
            throw new HoxException(cell + " has a vector of size " + size + ", but the features are " + features
                    + "; name them in the order of the vector with the option features");
        }
        double[] values = array.toDoubleArray();
        int[] indices = sparse ? vector.getArray(VECTOR_INDICES).toIntArray() : null;
        if (input.isDense()) {
            return sparse ? dense(indices, values, features) : entries(ascending(features), values);
        }
        return sparse ? entries(indices, values) : nonZero(values);
    }

    private static Entries dense(int[] indices, double[] values, int features) {
        double[] all = new double[features];
        for (int i = 0; i < indices.length; i++) {
            all[indices[i]] = values[i];
        }
        return entries(ascending(features), all);
    }

    private static Entries nonZero(double[] values) {
        int[] indices = new int[values.length];
        double[] kept = new double[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                indices[n] = i;
                kept[n++] = values[i];
            }
        }
        return entries(Arrays.copyOf(indices, n), Arrays.copyOf(kept, n));
    }

    private static Entries entries(int[] indices, double[] values) {
        return new Entries(null, indices, new Values[] {Values.of(DataType.FLOAT64, values)});
    }

    private static int[] ascending(int n) {
        int[] indices = new int[n];
        for (int i = 0; i < n; i++) {
            indices[i] = i;
        }
        return indices;
    }
}
