package io.hox.spark;

import io.hox.matrix.LayerColumn;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;

/** How many decoded bytes columns take: what batches, splits and statistics are measured by. */
final class ReadCost {
    private static final int STRING_BYTES = 24;

    private ReadCost() {}

    /** Bytes of one stored entry in its index and all selected layers. */
    static long bytesPerEntry(OutputColumn.Pointer column) {
        long bytes = Integer.BYTES;
        for (LayerColumn layer : column.layers()) {
            bytes += layer.type().bytes();
        }
        return bytes;
    }

    /** Bytes of a row without its matrix entries. */
    static long bytesPerRow(Iterable<OutputColumn> columns) {
        long bytes = 0;
        for (OutputColumn column : columns) {
            bytes += bytes(column.type());
        }
        return Math.max(1, bytes);
    }

    private static long bytes(DataType type) {
        return type instanceof StringType ? STRING_BYTES : type.defaultSize();
    }
}
