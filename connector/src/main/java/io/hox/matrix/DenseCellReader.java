package io.hox.matrix;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import io.hox.zarr.PendingRead;
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
    PendingSegment start(GroupReader group, CellPointers pointers, int first, int[] rows) {
        return new Rows(group, pointers, first, rows);
    }

    /** Layers on their way. */
    private final class Rows implements PendingSegment {
        private final GroupReader group;
        private final Remap remap;
        private final CellPointers pointers;
        private final int first;
        private final int[] rows;
        private final PendingRead[] layers;

        Rows(GroupReader group, CellPointers pointers, int first, int[] rows) {
            this.group = group;
            this.remap = group.remap();
            this.pointers = pointers;
            this.first = first;
            this.rows = rows;
            long[] positions = positions();
            layers = new PendingRead[groups.layers().size()];
            try {
                for (int i = 0; i < layers.length && remap.kept() > 0; i++) {
                    ZarrArray array = group.layer(i);
                    layers[i] = array == null ? null : array.startRows(positions, positions.length);
                }
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        private long[] positions() {
            if ((long) rows.length * remap.features() > MAX_ELEMENTS) {
                throw new HoxException(rows.length + " cells of " + remap.features() + " features (group '"
                        + group.group() + "') do not fit one block: read fewer rows at a time");
            }
            long[] shape = group.shape();
            long[] positions = new long[rows.length];
            for (int i = 0; i < rows.length; i++) {
                int row = first + rows[i];
                positions[i] = pointers.position(row);
                if (positions[i] < 0 || (shape != null && positions[i] >= shape[0])) {
                    throw new HoxException(pointers.describe(row) + " points outside its arrays"
                            + (shape == null ? "" : " of shape " + Arrays.toString(shape))
                            + ": the pointer or the array is damaged; see `hox validate`");
                }
            }
            return positions;
        }

        @Override
        public Segment finish(Layout layout) {
            int width = remap.kept();
            for (int i = 0; i < rows.length; i++) {
                layout.valueOffsets[rows[i]] = i * width;
                layout.lengths[rows[i]] = width;
            }
            Values[] values = new Values[layers.length];
            for (int i = 0; i < values.length; i++) {
                LayerColumn column = groups.layers().get(i);
                if (layers[i] != null) {
                    values[i] = values(layers[i], group.layer(i).type(), column);
                } else if (group.layer(i) != null) {
                    values[i] = Values.allocate(column.type(), 0);
                }
            }
            return Segment.dense(group.group(), remap.globals(), values);
        }

        private Values values(PendingRead read, DataType type, LayerColumn column) {
            int width = remap.kept();
            Values stored = buffers.take(type, read.length());
            read.into(stored, 0);
            if (!remap.keepsAll() || !remap.monotone()) {
                Values all = stored;
                stored = buffers.take(type, rows.length * width);
                Gather.columns(all, rows.length, remap.features(), remap.sources(), stored);
                buffers.give(all);
            }
            Values values = Conversion.convert(
                    stored,
                    rows.length * width,
                    column.type(),
                    (element, value) -> Misfit.value(
                            pointers.describe(first + rows[element / width]),
                            column,
                            remap.globals()[element % width],
                            value));
            if (values.array() != stored.array()) {
                buffers.give(stored);
            }
            return values;
        }

        @Override
        public void close() {
            for (PendingRead layer : layers) {
                if (layer != null) {
                    layer.close();
                }
            }
        }
    }
}
