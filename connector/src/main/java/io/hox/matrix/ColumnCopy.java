package io.hox.matrix;

import io.hox.HoxException;
import io.hox.atlas.Promotion;
import io.hox.zarr.DataType;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrHierarchy;
import java.util.Arrays;
import java.util.List;

/**
 * The feature-major copy of a sparse group: its arrays, opened and checked against one another. Of feature {@code f} it
 * has the elements {@code [pointers[f], pointers[f + 1])}: row numbers of cells, ascending, and their values. Immutable
 * and thread-safe.
 *
 * <p>Copies are outside versioning: one that was made later serves older snapshots, too, and may hold cells that a
 * snapshot does not have any more.
 */
public final class ColumnCopy {

    private final String group;
    private final int[] layout;
    private final List<LayerColumn> columns;
    private final ZarrArray pointers;
    private final ZarrArray indices;
    private final ZarrArray[] layers;

    private ColumnCopy(
            String group,
            int[] layout,
            List<LayerColumn> columns,
            ZarrArray pointers,
            ZarrArray indices,
            ZarrArray[] layers) {
        this.group = group;
        this.layout = layout;
        this.columns = columns;
        this.pointers = pointers;
        this.indices = indices;
        this.layers = layers;
    }

    /**
     * Opens the copy of a group; reads the arrays' documents only.
     *
     * @param layout the global index of each of the group's features (shared)
     * @param columns the layers to read; the copy may lack some
     * @return null when the group has no copy
     * @throws HoxException when the parts of the copy do not fit one another
     */
    public static ColumnCopy openOrNull(
            ZarrHierarchy zarr, ColumnPaths paths, String group, int[] layout, List<LayerColumn> columns) {
        ZarrArray pointers = zarr.arrayOrNull(group + "/" + paths.pointers());
        if (pointers == null) {
            return null;
        }
        ZarrArray indices = zarr.arrayOrNull(group + "/" + paths.indices());
        if (indices == null) {
            throw damaged("group '" + group + "' has the array " + paths.pointers() + ", but no " + paths.indices());
        }
        ZarrArray[] layers = new ZarrArray[columns.size()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = zarr.arrayOrNull(
                    group + "/" + paths.layers() + "/" + columns.get(i).name());
        }
        ColumnCopy copy = new ColumnCopy(group, layout, List.copyOf(columns), pointers, indices, layers);
        copy.check();
        return copy;
    }

    private void check() {
        checkIntegers(pointers);
        checkIntegers(indices);
        if (pointers.shape()[0] != layout.length + 1L) {
            throw damaged("array " + pointers.path() + " has " + pointers.shape()[0] + " elements; the group's "
                    + layout.length + " features need one more than features");
        }
        for (int i = 0; i < layers.length; i++) {
            ZarrArray layer = layers[i];
            if (layer == null) {
                continue;
            }
            if (!Arrays.equals(layer.shape(), indices.shape())) {
                throw damaged("array " + layer.path() + " has the shape " + Arrays.toString(layer.shape()) + ", but "
                        + indices.path() + " has " + Arrays.toString(indices.shape()));
            }
            LayerColumn column = columns.get(i);
            if (!Conversion.possible(layer.type(), column.type())) {
                throw damaged("array " + layer.path() + " holds " + layer.type().zarrName()
                        + ", which does not fit the " + column.type().zarrName() + " column of layer '"
                        + column.name() + "'");
            }
        }
    }

    private static void checkIntegers(ZarrArray array) {
        boolean integers = !array.type().isFloat() && array.type() != DataType.BOOL;
        if (array.shape().length != 1 || !integers) {
            throw damaged("array " + array.path() + " must be a flat array of integers, but is "
                    + array.type().zarrName() + Arrays.toString(array.shape()));
        }
    }

    /** What is wrong with a copy; the matrix itself is not affected. */
    static HoxException damaged(String problem) {
        return new HoxException(
                problem + ": the feature-major copy of the group is damaged. Delete it (the cells do not"
                        + " need it) and make another with `hox index`");
    }

    /** The path of the group. */
    public String group() {
        return group;
    }

    /** Number of features, of the group and so of the copy. */
    public int features() {
        return layout.length;
    }

    /** Stored entries of all features. */
    public long entries() {
        return indices.shape()[0];
    }

    /**
     * Whether the copy can stand for the rows of the group in a read of the requested layers: it has those that the matrix
     * has, in types that hold every value of the matrix.
     */
    public boolean standsFor(ZarrHierarchy zarr, ArrayPaths paths) {
        for (int i = 0; i < layers.length; i++) {
            ZarrArray ofMatrix =
                    zarr.arrayOrNull(paths.layerOf(group, columns.get(i).name()));
            boolean holds = layers[i] == null || ofMatrix == null
                    ? layers[i] == ofMatrix
                    : Promotion.common(ofMatrix.type(), layers[i].type()) == layers[i].type();
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    /** The global index of a feature. */
    int globalIndex(int local) {
        return layout[local];
    }

    /** The requested layers; their positions number the layers of blocks. */
    List<LayerColumn> columns() {
        return columns;
    }

    /** The offsets. */
    ZarrArray pointers() {
        return pointers;
    }

    /** The row numbers. */
    ZarrArray indices() {
        return indices;
    }

    /** A requested layer; null where the copy lacks it. */
    ZarrArray layer(int layer) {
        return layers[layer];
    }
}
