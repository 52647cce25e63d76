package io.hox.spark;

import io.hox.atlas.FeatureSpace;
import io.hox.atlas.Generation;
import io.hox.atlas.PointerColumn;
import io.hox.lance.LanceSql;
import io.hox.matrix.ArrayPaths;
import io.hox.matrix.ColumnPaths;
import io.hox.matrix.FeatureAxis;
import io.hox.matrix.LayerColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * A pointer column as a read shows it.
 *
 * @param pointer the column in Lance
 * @param space its feature space
 * @param layers the layers shown; empty unless the space's cells are rows of a matrix
 * @param axis the pinned features, or everything
 */
record PointerField(PointerColumn pointer, FeatureSpace space, List<LayerColumn> layers, FeatureAxis axis) {

    PointerField {
        layers = List.copyOf(layers);
    }

    /** The struct before pruning. */
    StructType type() {
        return space.isMatrix() ? PointerStruct.matrix(layers) : PointerStruct.pointerOnly(pointer.kind());
    }

    /** What a filter can say about a child; null for one that does not exist. */
    FilterColumn filterColumn(String child, StructType type) {
        if (type.getFieldIndex(child).isEmpty()) {
            return null;
        }
        String lanceName = PointerStruct.lanceChild(pointer.kind(), space.isMatrix(), child);
        boolean scalar = lanceName != null && (child.equals(PointerStruct.GROUP) || !child.endsWith("_corner"));
        if (scalar) {
            String sql = LanceSql.column(pointer.name(), lanceName);
            boolean guarded = pointer.generation() == Generation.G1;
            return new FilterColumn(sql, type.apply(child).dataType(), null, pointer.presentFilter(), guarded);
        }
        // Indices are there whenever the cell was assayed; a layer may be missing in its dataset, which Lance can't
        // tell.
        return child.equals(PointerStruct.INDICES)
                ? new FilterColumn(null, type.apply(child).dataType(), null, pointer.presentFilter(), false)
                : null;
    }

    /** The column with only some of its children. */
    OutputColumn.Pointer prune(StructType selected) {
        List<LayerColumn> read = new ArrayList<>();
        boolean arrays = false;
        for (String name : selected.fieldNames()) {
            if (PointerStruct.lanceChild(pointer.kind(), space.isMatrix(), name) == null) {
                arrays = true;
                layers.stream().filter(layer -> layer.name().equals(name)).forEach(read::add);
            }
        }
        ArrayPaths paths = arrays ? new ArrayPaths(space.name(), space.indicesPath(), space.layersPath()) : null;
        return new OutputColumn.Pointer(
                pointer, selected, space.isMatrix(), paths, read, axis, ColumnPaths.of(space), Set.of());
    }
}
