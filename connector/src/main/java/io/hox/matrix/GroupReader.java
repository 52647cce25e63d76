package io.hox.matrix;

import io.hox.HoxException;
import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrHierarchy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * One Zarr group as a read sees it: the remap of its layout and the arrays that the read needs, opened on first use and
 * checked against one another. Thread-safe; shared by the tasks of a scan.
 */
final class GroupReader {

    private final ZarrHierarchy zarr;
    private final ArrayPaths paths;
    private final String group;
    private final Remap remap;
    private final List<LayerColumn> columns;
    private final Supplier<CellColumns> featureMajor;
    private volatile Opened opened;

    /** What one look at the store found. */
    private record Opened(ZarrArray indices, ZarrArray[] layers, long[] shape) {}

    /** @param featureMajor the wanted features from the group's copy; null to read the cells' rows */
    GroupReader(
            ZarrHierarchy zarr,
            ArrayPaths paths,
            String group,
            Remap remap,
            List<LayerColumn> columns,
            Supplier<CellColumns> featureMajor) {
        this.zarr = zarr;
        this.paths = paths;
        this.group = group;
        this.remap = remap;
        this.columns = columns;
        this.featureMajor = featureMajor;
    }

    /** The path of the group. */
    String group() {
        return group;
    }

    /** From the group's local feature indices to the axis of the read. */
    Remap remap() {
        return remap;
    }

    /** The requested layers. */
    List<LayerColumn> layers() {
        return columns;
    }

    /** Whether the read takes the group from its feature-major copy. */
    boolean isFeatureMajor() {
        return featureMajor != null;
    }

    /** The features of a group that is read feature-major, by cell; read on first use. */
    CellColumns columns() {
        return featureMajor.get();
    }

    /** Local feature indices of a sparse group. */
    ZarrArray indices() {
        return arrays().indices;
    }

    /** A requested layer; null where the group lacks it. */
    ZarrArray layer(int layer) {
        return arrays().layers[layer];
    }

    /** Length of the flat arrays of a sparse group, shape of a dense one; null in a dense group without layers to read. */
    long[] shape() {
        return arrays().shape;
    }

    private Opened arrays() {
        Opened found = opened;
        if (found == null) {
            synchronized (this) {
                found = opened;
                if (found == null) {
                    found = open();
                    opened = found;
                }
            }
        }
        return found;
    }

    private Opened open() {
        ZarrArray indices = null;
        long[] shape = null;
        if (paths.isSparse()) {
            String path = paths.indicesOf(group);
            indices = zarr.arrayOrNull(path);
            if (indices == null) {
                throw new HoxException("group '" + group + "' of feature space '" + paths.featureSpace()
                        + "' has no array '" + paths.indices() + "' (looked for " + path + " in "
                        + zarr.store().uri() + "): its data are missing or lie in another store; see `hox validate`");
            }
            shape = indices.shape();
            if (shape.length != 1 || indices.type().isFloat()) {
                throw new HoxException("array " + path + " must be a flat array of integers, but is "
                        + indices.type().zarrName() + Arrays.toString(shape));
            }
        }
        ZarrArray[] layers = new ZarrArray[columns.size()];
        for (int i = 0; i < layers.length; i++) {
            LayerColumn column = columns.get(i);
            ZarrArray layer = zarr.arrayOrNull(paths.layerOf(group, column.name()));
            if (layer != null) {
                check(layer, column, shape);
                shape = layer.shape();
                layers[i] = layer;
            }
        }
        return new Opened(indices, layers, shape);
    }

    private void check(ZarrArray layer, LayerColumn column, long[] others) {
        long[] shape = layer.shape();
        if (others != null && !Arrays.equals(shape, others)) {
            throw new HoxException("array " + layer.path() + " has the shape " + Arrays.toString(shape)
                    + ", other arrays of its group have " + Arrays.toString(others)
                    + ": an entry of one must be an entry of all");
        }
        if (!paths.isSparse() && (shape.length != 2 || shape[1] != remap.features())) {
            throw new HoxException("array " + layer.path() + " has the shape " + Arrays.toString(shape)
                    + ", but layout '" + remap.layoutUid() + "' of its group lists " + remap.features()
                    + " features: it must be cells x features");
        }
        if (!Conversion.possible(layer.type(), column.type())) {
            throw new HoxException("array " + layer.path() + " holds "
                    + layer.type().zarrName()
                    + ", which does not fit the " + column.type().zarrName() + " column of layer '" + column.name()
                    + "': read layers of such different types dataset by dataset");
        }
    }
}
