package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.DatasetRow;
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

    /** Also finds out, here and not on an executor, when cells point to a group that no dataset has. */
    static GroupShape of(AtlasView view, OutputColumn.Pointer pointer, String group) {
        DatasetRow dataset = view.dataset(pointer.pointer().featureSpace(), group);
        boolean sparse = pointer.pointer().kind() == PointerKind.SPARSE;
        long width = sparse ? 0 : view.remap(dataset.layoutUid()).length;
        return new GroupShape(width, shardLength(view, pointer, group), BY_CELL);
    }

    /** Shards of the array that every read of the group touches; a damaged one is left for the read to refuse. */
    private static long shardLength(AtlasView view, OutputColumn.Pointer pointer, String group) {
        if (pointer.paths().isSparse()) {
            return shardLength(
                    view.zarr().arrayOrNull(group + "/" + pointer.paths().indices()));
        }
        for (LayerColumn layer : pointer.layers()) {
            ZarrArray array = view.zarr().arrayOrNull(pointer.paths().layerOf(group, layer.name()));
            if (array != null) {
                return shardLength(array);
            }
        }
        return UNSHARDED;
    }

    private static long shardLength(ZarrArray array) {
        return array == null || !array.metadata().isSharded()
                ? UNSHARDED
                : array.metadata().shardShape()[0];
    }
}
