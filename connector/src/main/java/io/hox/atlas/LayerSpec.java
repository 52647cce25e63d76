package io.hox.atlas;

import io.hox.zarr.DataType;
import java.io.Serializable;
import java.util.List;

/**
 * A named matrix (or image) of a feature space.
 *
 * @param name the array's name below the space's layers path
 * @param required whether every group must have it
 * @param minRank fewest axes allowed
 * @param maxRank most axes allowed
 * @param types allowed element types, the first one is written where a source has another type; empty = any
 * @param encoding how it is written
 */
public record LayerSpec(
        String name, boolean required, int minRank, int maxRank, List<DataType> types, Encoding encoding)
        implements Serializable {

    public LayerSpec {
        types = List.copyOf(types);
    }
}
