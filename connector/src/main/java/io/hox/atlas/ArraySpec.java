package io.hox.atlas;

import io.hox.zarr.DataType;
import java.io.Serializable;
import java.util.List;

/**
 * A structural array that every group of a feature space has.
 *
 * @param path relative to the group, such as {@code csr/indices}
 * @param rank number of axes
 * @param types allowed element types, the first one is written; empty = any
 * @param encoding how it is written
 */
public record ArraySpec(String path, int rank, List<DataType> types, Encoding encoding) implements Serializable {

    public ArraySpec {
        types = List.copyOf(types);
    }
}
