package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.matrix.ColumnBlock;
import io.hox.matrix.ColumnCopy;
import io.hox.matrix.ColumnReader;
import io.hox.matrix.ColumnSource;
import io.hox.matrix.GroupCells;
import io.hox.matrix.GroupReaders;
import io.hox.matrix.LayerColumn;
import io.hox.matrix.Remaps;
import io.hox.matrix.TransposedColumns;
import io.hox.zarr.ZarrHierarchy;
import java.util.List;

/** The numbers of some features of a group: from its feature-major copy, or turned round from the rows of its cells. */
final class FeatureNumbers {
    private final ColumnSource source;
    private final long entryBudget;

    private FeatureNumbers(ColumnSource source, long entryBudget) {
        this.source = source;
        this.entryBudget = Math.max(1, entryBudget);
    }

    /**
     * Looks up what is needed to read the features.
     *
     * @param zarr counts the requests of the task
     * @param layout the global index of each of the group's features
     * @param wanted the local indices of the features to read, ascending
     */
    static FeatureNumbers open(
            AtlasView view,
            ZarrHierarchy zarr,
            FeatureSource source,
            FeatureSplit.Part part,
            int[] layout,
            int[] wanted,
            ReadLimits limits) {
        String group = part.dataset().zarrGroup();
        if (!part.copied()) {
            // A block takes a look at every row of the group, so that blocks are as large as a split may be.
            long budget = Math.max(limits.batchBytes(), limits.splitBytes()) / source.bytesPerEntry();
            return new FeatureNumbers(transposed(view, zarr, source, part, layout, wanted), budget);
        }
        ColumnCopy copy = ColumnCopy.openOrNull(zarr, source.copies(), group, layout, source.layers());
        if (copy == null) {
            throw new HoxException("the feature-major copy of group '" + group
                    + "' was removed after this query was planned: run the query again");
        }
        // A copy has what the group had when it was made; of cells that were deleted since, nothing must be seen.
        boolean complete = copy.entries() == part.entries();
        int[] visible = complete
                ? null
                : GroupCells.load(view, source.places(), group, true).rows();
        long budget = limits.batchBytes() / source.bytesPerEntry();
        return new FeatureNumbers(ColumnReader.open(copy, wanted.clone(), visible), budget);
    }

    private static ColumnSource transposed(
            AtlasView view,
            ZarrHierarchy zarr,
            FeatureSource source,
            FeatureSplit.Part part,
            int[] layout,
            int[] wanted) {
        String group = part.dataset().zarrGroup();
        GroupCells cells =
                GroupCells.load(view, source.places(), group, source.paths().isSparse());
        int[] globals = new int[wanted.length];
        for (int i = 0; i < globals.length; i++) {
            globals[i] = layout[wanted[i]];
        }
        return new TransposedColumns(
                axis -> readers(zarr, source, part, new Remaps(axis, uid -> layout), source.layers()),
                axis -> readers(zarr, source, part, new Remaps(axis, uid -> layout), List.of()),
                cells,
                source.layers(),
                globals);
    }

    private static GroupReaders readers(
            ZarrHierarchy zarr, FeatureSource source, FeatureSplit.Part part, Remaps remaps, List<LayerColumn> layers) {
        return new GroupReaders(
                zarr, source.paths(), remaps, group -> part.dataset().layoutUid(), layers);
    }

    /** The feature after the last one that fits a batch starting with this one. */
    int fit(int from) {
        return source.fit(from, entryBudget);
    }

    /** Features {@code [from, to)} of the wanted ones. */
    ColumnBlock read(int from, int to) {
        return source.read(from, to);
    }
}
