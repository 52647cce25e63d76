package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.PointerKind;
import io.hox.matrix.LayerColumn;
import io.hox.zarr.ZarrArray;

/**
 * What planning needs to know of a Zarr group.
 *
 * @param width features of each cell in a dense space, 0 in a sparse one, whose pointers tell
 * @param shardLength elements (sparse) or rows (dense) of a shard; {@link #UNSHARDED} where the arrays have none
 * @param cellBytes decoded bytes of each cell in a group that is read feature-major; {@link #BY_CELL} in others
 */
record GroupShape(long width, long shardLength, long cellBytes) {
    static final long UNSHARDED = Long.MAX_VALUE;
    static final long BY_CELL = -1;

    /** A group that is read feature-major: all its cells weigh the same, and no place is better to cut than another. */
    static GroupShape featureMajor(long cellBytes) {
        return new GroupShape(0, UNSHARDED, cellBytes);
    }

    /**
     * Looks at an array that every read of the group touches; a missing one is left for the read to refuse. Also finds
     * out, here and not on an executor, when cells point to a group that no dataset has.
     */
    static GroupShape of(AtlasView view, OutputColumn.Pointer pointer, String group) {
        view.dataset(pointer.pointer().featureSpace(), group);
        ZarrArray array = array(view, pointer, group);
        if (array == null) {
            return new GroupShape(0, UNSHARDED, BY_CELL);
        }
        boolean rows = pointer.pointer().kind() != PointerKind.SPARSE && array.shape().length == 2;
        long shardLength = array.metadata().isSharded() ? array.metadata().shardShape()[0] : UNSHARDED;
        return new GroupShape(rows ? array.shape()[1] : 0, shardLength, BY_CELL);
    }

    private static ZarrArray array(AtlasView view, OutputColumn.Pointer pointer, String group) {
        if (pointer.paths().isSparse()) {
            return view.zarr().arrayOrNull(group + "/" + pointer.paths().indices());
        }
        for (LayerColumn layer : pointer.layers()) {
            ZarrArray array = view.zarr().arrayOrNull(pointer.paths().layerOf(group, layer.name()));
            if (array != null) {
                return array;
            }
        }
        return null;
    }
}
