package io.hox.spark.write;

import io.hox.atlas.FeatureSpace;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.PointerKind;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * Where a DataFrame holds the numbers of one pointer column.
 *
 * @param pointer the pointer column
 * @param space its feature space
 * @param form how the numbers are laid out
 * @param ordinal the struct or the vector in the row; unused for {@link Form#COLUMNS}
 * @param width children of the struct
 * @param group the child that names the group the cell was read from; -1 when there is none
 * @param indices the array of indices, in the struct or in the row
 * @param indexType the type of its elements
 * @param layers the layers; one for vectors
 * @param measured the features of the cells
 */
record FieldInput(
        PointerColumn pointer,
        FeatureSpace space,
        Form form,
        int ordinal,
        int width,
        int group,
        int indices,
        DataType indexType,
        List<LayerInput> layers,
        Measured measured)
        implements Serializable {
    /** Children of a pointer's struct, as a read gives it. */
    static final String GROUP = "zarr_group";

    static final String INDICES = "indices";

    /** The forms of the numbers of a cell. */
    enum Form {
        /** A struct of indices and one array a layer. */
        STRUCT,
        /** The same as columns of the DataFrame. */
        COLUMNS,
        /** An ML vector. */
        VECTOR
    }

    String name() {
        return pointer.name();
    }

    boolean isDense() {
        return pointer.kind() == PointerKind.DENSE;
    }

    /** Whether some cells can have layers that others lack. */
    boolean hasOptionalLayers() {
        for (LayerInput layer : layers) {
            if (!layer.required()) {
                return true;
            }
        }
        return false;
    }

    FieldInput with(Measured known) {
        return new FieldInput(pointer, space, form, ordinal, width, group, indices, indexType, layers, known);
    }
}
