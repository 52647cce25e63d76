package io.hox.index;

import io.hox.store.ObjectStore;
import io.hox.store.RequestCounter;
import io.hox.zarr.ArrayWriter;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrCache;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes copies visible, on the driver. Readers look for the document of the array of offsets: it goes first where a copy is
 * replaced and comes last where one is made, so at any instant there is a whole copy or none. What a crash leaves is written
 * again by the next run, with the same bytes.
 */
final class CopyCommit {
    private final ObjectStore store;
    private final CopyShapes shapes;

    CopyCommit(ObjectStore store, CopyShapes shapes) {
        this.store = store;
        this.shapes = shapes;
    }

    /**
     * Makes room for a copy: one that there is disappears, and so do layers that the new one will not have.
     *
     * @param rebuild whether there is one
     */
    void prepare(GroupCopy copy, boolean rebuild) {
        if (rebuild) {
            store.delete(copy.pointers() + "/zarr.json");
            store.deleteRecursively(copy.pointers());
            store.deleteRecursively(copy.rows());
            store.deleteRecursively(copy.layersRoot());
            return;
        }
        List<String> layers = copy.layers().stream().map(LayerCopy::to).toList();
        for (String name : new ArrayList<>(store.list(copy.layersRoot()))) {
            String path = copy.layersRoot() + "/" + name;
            if (!name.equals("zarr.json") && !layers.contains(path)) {
                store.deleteRecursively(path);
            }
        }
    }

    /**
     * Writes the documents; all shards are there.
     *
     * @param pointers where each feature begins, one number more than features
     * @return bytes written
     */
    long commit(GroupCopy copy, long[] pointers) {
        ZarrHierarchy zarr = new ZarrHierarchy(store.counting(new RequestCounter()), new ZarrCache());
        DataType rowType = DataType.UINT32;
        zarr.commitArray(copy.rows(), shapes.flat(rowType, copy.rowEncoding().compression(rowType), copy.entries()));
        for (LayerCopy layer : copy.layers()) {
            zarr.commitArray(
                    layer.to(), shapes.flat(layer.type(), layer.encoding().compression(layer.type()), copy.entries()));
        }
        DataType type = DataType.INT64;
        try (ArrayWriter writer = zarr.createArray(
                copy.pointers(),
                CopyShapes.pointers(type, copy.pointerEncoding().compression(type), pointers.length))) {
            writer.append(Values.of(type, pointers), 0, pointers.length);
            writer.finish();
        }
        return zarr.store().counter().bytesWritten();
    }
}
