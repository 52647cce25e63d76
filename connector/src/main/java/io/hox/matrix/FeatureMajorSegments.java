package io.hox.matrix;

import io.hox.HoxException;
import io.hox.zarr.Values;
import java.util.Arrays;

/**
 * Rows of a group whose features come from its feature-major copy. The result is that of reading the rows themselves: the
 * same entries in the same order, repeated ones summed in the order in which they are stored.
 */
final class FeatureMajorSegments {

    private FeatureMajorSegments() {}

    /** As {@link PendingSegment#finish}. */
    static Segment read(GroupReader group, CellPointers pointers, int first, int[] rows, CellReader.Layout layout) {
        CellColumns columns = group.columns();
        Entries entries = entries(group, columns, pointers, first, rows);
        for (int i = 0; i < rows.length; i++) {
            layout.indexOffsets[rows[i]] = entries.offsets[i];
            layout.valueOffsets[rows[i]] = entries.offsets[i];
            layout.lengths[rows[i]] = entries.offsets[i + 1] - entries.offsets[i];
        }
        Values[] layers = new Values[group.layers().size()];
        for (int i = 0; i < layers.length; i++) {
            if (columns.layer(i) != null) {
                LayerColumn column = group.layers().get(i);
                layers[i] = EntryValues.of(columns.layer(i), column, entries, new EntryValues.Errors() {
                    @Override
                    public HoxException value(int row, int index, String value) {
                        return Misfit.value(pointers.describe(first + rows[row]), column, index, value);
                    }

                    @Override
                    public HoxException sum(int row, int index) {
                        return Misfit.sum(pointers.describe(first + rows[row]), column, index);
                    }
                });
            }
        }
        return new Segment(group.group(), entries.indices, layers);
    }

    private static Entries entries(
            GroupReader group, CellColumns columns, CellPointers pointers, int first, int[] rows) {
        Entries e = new Entries();
        e.keptOffsets = new int[rows.length + 1];
        int[] zarrRows = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            zarrRows[i] = zarrRow(group, columns, pointers, first + rows[i]);
            long kept = (long) e.keptOffsets[i] + columns.end(zarrRows[i]) - columns.start(zarrRows[i]);
            if (kept > CellReader.MAX_ELEMENTS) {
                throw new HoxException("cells of group '" + group.group() + "' have more than "
                        + CellReader.MAX_ELEMENTS + " entries together: read fewer rows at a time");
            }
            e.keptOffsets[i + 1] = (int) kept;
        }
        e.kept = e.keptOffsets[rows.length];
        e.from = new int[e.kept];
        e.indices = new int[e.kept];
        int[] all = columns.indices();
        for (int i = 0, at = 0; i < rows.length; i++) {
            for (int k = columns.start(zarrRows[i]); k < columns.end(zarrRows[i]); k++) {
                e.from[at] = k;
                e.indices[at++] = all[k];
            }
        }
        if (columns.repeats()) {
            join(e);
        } else {
            e.count = e.kept;
            e.offsets = e.keptOffsets;
        }
        return e;
    }

    /** Puts repeated entries together; they lie side by side. */
    private static void join(Entries e) {
        int rows = e.keptOffsets.length - 1;
        e.offsets = new int[rows + 1];
        e.runs = new int[e.kept + 1];
        for (int row = 0; row < rows; row++) {
            for (int k = e.keptOffsets[row]; k < e.keptOffsets[row + 1]; k++) {
                if (e.count == e.offsets[row] || e.indices[e.count - 1] != e.indices[k]) {
                    e.indices[e.count] = e.indices[k];
                    e.runs[e.count++] = k;
                }
            }
            e.offsets[row + 1] = e.count;
        }
        e.runs[e.count] = e.kept;
        e.indices = Arrays.copyOf(e.indices, e.count);
    }

    private static int zarrRow(GroupReader group, CellColumns columns, CellPointers pointers, int row) {
        long zarrRow = pointers.zarrRow(row);
        long stored = pointers.end(row) - pointers.start(row);
        if (zarrRow < 0 || zarrRow >= CellColumns.MAX_ROWS || pointers.start(row) < 0 || stored < 0) {
            throw new HoxException(pointers.describe(row) + " has the row number " + zarrRow
                    + ": the pointer is damaged; see `hox validate`");
        }
        int entries = columns.end((int) zarrRow) - columns.start((int) zarrRow);
        if (entries > stored) {
            throw ColumnCopy.damaged(pointers.describe(row) + " has " + stored + " entries, but its row " + zarrRow
                    + " has " + entries + " in the feature-major copy of group '" + group.group() + "'");
        }
        return (int) zarrRow;
    }
}
