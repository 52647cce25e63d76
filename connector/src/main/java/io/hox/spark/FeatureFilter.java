package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.PointerColumn;
import io.hox.matrix.ColumnBlock;
import io.hox.matrix.ColumnCopy;
import io.hox.matrix.ColumnPaths;
import io.hox.matrix.ColumnReader;
import io.hox.matrix.LayerColumn;
import io.hox.store.RequestCounter;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrHierarchy;
import java.util.List;
import java.util.Set;

/**
 * Leaves out cells for which a {@link FeatureComparison} is not true, as far as feature-major copies tell: of a group that
 * has one, the feature's column is read and nothing else. Cells of other groups stay, for Spark to look at.
 *
 * @param pointer the column of the feature
 * @param space the feature space
 * @param paths where copies are; null when there can't be any
 * @param layer as read
 * @param measured the groups that measured the feature; in others its value is null, and no comparison true
 */
record FeatureFilter(
        FeatureComparison comparison,
        PointerColumn pointer,
        String space,
        ColumnPaths paths,
        LayerColumn layer,
        Set<String> measured)
        implements RowFilterSpec {
    /** Larger columns are left alone: 16 million entries take 200 MB. */
    private static final long MAX_ENTRIES = 1 << 24;

    /** Null when the predicate is none of this kind. */
    static FeatureFilter of(FeatureComparison comparison, CellsTable table) {
        PointerField field = comparison == null ? null : table.cells().pointer(comparison.pointer());
        if (field == null) {
            return null;
        }
        for (LayerColumn layer : field.layers()) {
            if (layer.name().equals(comparison.layer())) {
                MeasuredFeature feature =
                        MeasuredFeature.byIndex(table, comparison.pointer(), comparison.globalIndex());
                ColumnPaths paths = ColumnPaths.of(field.space());
                return new FeatureFilter(
                        comparison, field.pointer(), field.space().name(), paths, layer, feature.groups());
            }
        }
        return null;
    }

    @Override
    public RowFilter open(CellReadPlan plan, ShardReader shared, RequestCounter counter) {
        return new FeatureRows(this, group -> column(group, shared.view(), counter));
    }

    /** The feature's cells and values in a group; null when only the cells' rows tell. */
    private FeatureRows.Column column(String group, AtlasView view, RequestCounter counter) {
        if (paths == null) {
            return null;
        }
        ZarrHierarchy zarr = view.zarr().counting(counter);
        int[] layout = view.remap(view.dataset(space, group).layoutUid());
        ColumnCopy copy = ColumnCopy.openOrNull(zarr, paths, group, layout, List.of(layer));
        int local = 0;
        while (local < layout.length && layout[local] != comparison.globalIndex()) {
            local++;
        }
        if (copy == null || local == layout.length) {
            return null;
        }
        ColumnReader reader = ColumnReader.open(copy, new int[] {local}, null);
        if (reader.entries(0) > MAX_ENTRIES) {
            return null;
        }
        ColumnBlock block = reader.read(0, 1);
        Values values = block.layer(0);
        return values == null ? null : new FeatureRows.Column(block.rows(), block.length(0), values);
    }

    @Override
    public String toString() {
        return comparison.toString();
    }
}
