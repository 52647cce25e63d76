package io.hox.matrix;

import io.hox.atlas.LayerType;
import io.hox.zarr.DataType;
import java.io.Serializable;
import java.util.Objects;

/**
 * A layer that a read asks for.
 *
 * @param name the layer's name inside its group
 * @param type the type of the column it becomes: one of {@link ColumnTypes#of}, never unsigned
 */
public record LayerColumn(String name, DataType type) implements Serializable {

    /** Checks that the type has a column form. */
    public LayerColumn {
        Objects.requireNonNull(name, "name");
        if (ColumnTypes.of(type) != type) {
            throw new IllegalArgumentException("no column has the type " + type);
        }
    }

    /** The column of a layer whose stored type over all groups is known. */
    public static LayerColumn of(LayerType layer) {
        return new LayerColumn(layer.name(), ColumnTypes.of(layer.type()));
    }
}
