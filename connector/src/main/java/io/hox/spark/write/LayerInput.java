package io.hox.spark.write;

import io.hox.atlas.Encoding;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.LayerSpec;
import java.io.Serializable;
import org.apache.spark.sql.types.DataType;

/**
 * A column of values and the layer that it becomes.
 *
 * @param name the layer
 * @param ordinal where the array is, in the struct or in the row
 * @param element the type of the array's elements
 * @param type the stored type
 * @param encoding how its chunks are compressed
 * @param required whether every cell with data needs it
 */
record LayerInput(
        String name, int ordinal, DataType element, io.hox.zarr.DataType type, Encoding encoding, boolean required)
        implements Serializable {

    static LayerInput of(FeatureSpace space, String name, int ordinal, DataType element) {
        LayerSpec spec = space.requireLayer(name);
        io.hox.zarr.DataType source = ArrayValues.typeOf(element);
        if (spec == null || spec.types().isEmpty()) {
            boolean packed = !source.isFloat() && source != io.hox.zarr.DataType.BOOL;
            return new LayerInput(name, ordinal, element, source, packed ? Encoding.PACKED : Encoding.ZSTD, false);
        }
        io.hox.zarr.DataType type =
                spec.types().contains(source) ? source : spec.types().get(0);
        return new LayerInput(name, ordinal, element, type, spec.encoding(), spec.required());
    }
}
