package io.hox.matrix;

import io.hox.HoxException;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;
import java.util.Arrays;

/** Reads spaces in which a cell is a row of each layer's matrix. The indices of a group are those of its remap, shared. */
final class DenseCellReader extends CellReader {

    DenseCellReader(GroupReaders groups) {
        super(groups);
    }

    @Override
    long elements(CellPointers pointers, int row) {
        return groups.group(pointers.group(row)).remap().features();
    }

    @Override
    Segment segment(GroupReader group, CellPointers pointers, int first, int[] rows, Layout layout) {
        Remap remap = group.remap();
        int width = remap.kept();
        if ((long) rows.length * remap.features() > MAX_ELEMENTS) {
            throw new HoxException(rows.length + " cells of " + remap.features() + " features (group '" + group.group()
                    + "') do not fit one block: read fewer rows at a time");
        }
        long[] shape = group.shape();
        long[] positions = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = first + rows[i];
            positions[i] = pointers.position(row);
            layout.valueOffsets[rows[i]] = i * width;
            layout.lengths[rows[i]] = width;
            if (positions[i] < 0 || (shape != null && positions[i] >= shape[0])) {
                throw new HoxException(pointers.describe(row) + " points outside its arrays"
                        + (shape == null ? "" : " of shape " + Arrays.toString(shape))
                        + ": the pointer or the array is damaged; see `hox validate`");
            }
        }
        Values[] layers = new Values[groups.layers().size()];
        for (int i = 0; i < layers.length; i++) {
            ZarrArray array = group.layer(i);
            if (array != null) {
                layers[i] = layer(array, groups.layers().get(i), positions, remap, pointers, first, rows);
            }
        }
        return new Segment(group.group(), remap.globals(), layers);
    }

    private static Values layer(
            ZarrArray array,
            LayerColumn column,
            long[] positions,
            Remap remap,
            CellPointers pointers,
            int first,
            int[] rows) {
        int width = remap.kept();
        if (width == 0) {
            return Values.allocate(column.type(), 0);
        }
        Values values = array.readRows(positions, positions.length);
        if (!remap.keepsAll() || !remap.monotone()) {
            values = Gather.columns(values, positions.length, remap.features(), remap.sources());
        }
        return Conversion.convert(
                values,
                column.type(),
                (element, value) -> Misfit.value(
                        pointers.describe(first + rows[element / width]),
                        column,
                        remap.globals()[element % width],
                        value));
    }
}
