package io.hox.index;

import io.hox.atlas.Encoding;
import java.io.Serializable;
import java.util.List;

/**
 * What is to be copied of a group, and to where; paths are those of the store.
 *
 * @param group the group
 * @param space its feature space
 * @param features columns of its layout
 * @param entries elements of its flat arrays
 * @param indices the array of local feature indices
 * @param rows the copy's array of row numbers
 * @param rowEncoding how that one is compressed
 * @param pointers the copy's array of offsets, whose document makes it visible
 * @param pointerEncoding how that one is compressed
 * @param layersRoot the group of the copy's layers
 * @param layers at least one
 */
record GroupCopy(
        String group,
        String space,
        int features,
        long entries,
        String indices,
        String rows,
        Encoding rowEncoding,
        String pointers,
        Encoding pointerEncoding,
        String layersRoot,
        List<LayerCopy> layers)
        implements Serializable {

    /** Bytes of an entry of the copy: row number and all layers. */
    int entryBytes() {
        int bytes = Integer.BYTES;
        for (LayerCopy layer : layers) {
            bytes += layer.type().bytes();
        }
        return bytes;
    }
}
