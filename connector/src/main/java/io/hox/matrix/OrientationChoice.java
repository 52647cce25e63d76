package io.hox.matrix;

import io.hox.zarr.ZarrArray;
import io.hox.zarr.ZarrHierarchy;
import java.util.Arrays;
import java.util.List;

/**
 * Decides whether few features of many cells are better read from a group's feature-major copy or from the cells' rows:
 * by the bytes that either way fetches, about. Both give the same result. Thread-safe.
 *
 * <p>A copy is out of the question where it lacks a layer or holds it in a type that can't hold every value of the matrix
 * (the first generation made all counts integers), and where the features would not fit in memory.
 */
public final class OrientationChoice {
    private final ZarrHierarchy zarr;
    private final ArrayPaths paths;
    private final ColumnPaths copies;
    private final FeatureAxis axis;
    private final List<LayerColumn> layers;
    private final long maxBytes;

    /**
     * @param axis the wanted features, listed
     * @param maxBytes memory that the features of a group may take
     */
    public OrientationChoice(
            ZarrHierarchy zarr,
            ArrayPaths paths,
            ColumnPaths copies,
            FeatureAxis axis,
            List<LayerColumn> layers,
            long maxBytes) {
        this.zarr = zarr;
        this.paths = paths;
        this.copies = copies;
        this.axis = axis;
        this.layers = List.copyOf(layers);
        this.maxBytes = maxBytes;
    }

    /**
     * The stored entries of the wanted features where the group is better read feature-major; -1 where it is not.
     *
     * @param layout the global index of each of the group's features
     * @param cells the selected cells
     * @throws io.hox.HoxException when the copy is damaged
     */
    public long columnEntries(String group, int[] layout, GroupTotals cells) {
        ZarrArray indices = zarr.arrayOrNull(paths.indicesOf(group));
        // A missing or misshapen array is left for the read to refuse.
        if (indices == null || indices.shape().length != 1 || !cells.sound()) {
            return -1;
        }
        int chunk = indices.metadata().chunkShape()[0];
        long elements = Math.min(cells.elements(chunk), indices.shape()[0]);
        // One or two chunks are not worth the look at a copy.
        if (elements <= 2L * chunk || cells.lastRow() >= CellColumns.MAX_ROWS) {
            return -1;
        }
        ColumnCopy copy = ColumnCopy.openOrNull(zarr, copies, group, layout, layers);
        if (copy == null || !copy.standsFor(zarr, paths)) {
            return -1;
        }
        double bytes = elements * indices.metadata().storedBytes();
        for (int i = 0; i < layers.size(); i++) {
            ZarrArray layer =
                    zarr.arrayOrNull(paths.layerOf(group, layers.get(i).name()));
            bytes += layer == null ? 0 : elements * layer.metadata().storedBytes();
        }
        ColumnRanges ranges = ColumnRanges.read(copy, locals(layout));
        long entries = ranges.entries();
        boolean fits = CellColumns.bytes(cells.lastRow() + 1, entries, copy) <= maxBytes;
        return fits && columnBytes(copy, ranges) < bytes ? entries : -1;
    }

    private int[] locals(int[] layout) {
        int[] locals = new int[layout.length];
        int n = 0;
        for (int local = 0; local < layout.length; local++) {
            if (axis.contains(layout[local])) {
                locals[n++] = local;
            }
        }
        return Arrays.copyOf(locals, n);
    }

    private static double columnBytes(ColumnCopy copy, ColumnRanges ranges) {
        double bytes = bytes(copy.indices(), ranges);
        for (int i = 0; i < copy.columns().size(); i++) {
            bytes += copy.layer(i) == null ? 0 : bytes(copy.layer(i), ranges);
        }
        return bytes;
    }

    /** The whole chunks that hold the features. */
    private static double bytes(ZarrArray array, ColumnRanges ranges) {
        int chunk = array.metadata().chunkShape()[0];
        long chunks = 0;
        long next = 0;
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.entries(i) > 0) {
                long first = Math.max(next, ranges.start(i) / chunk);
                next = (ranges.end(i) - 1) / chunk + 1;
                chunks += Math.max(0, next - first);
            }
        }
        return Math.min((double) chunks * chunk, array.shape()[0])
                * array.metadata().storedBytes();
    }
}
