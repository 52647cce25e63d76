package io.hox.ingest;

import io.hox.atlas.Encoding;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import java.io.Serializable;

/**
 * One matrix of a source and the layer that it becomes.
 *
 * @param matrix {@code X}, {@code layers/NAME} or {@code raw/X}
 * @param layer name of the layer in the atlas
 * @param type stored type
 * @param encoding how its chunks are compressed
 */
record LayerPlan(String matrix, String layer, DataType type, Encoding encoding) implements Serializable {
    Compression compression() {
        return encoding.compression(type);
    }
}
