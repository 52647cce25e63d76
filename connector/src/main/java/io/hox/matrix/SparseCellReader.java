package io.hox.matrix;

import io.hox.zarr.DataType;
import io.hox.zarr.PendingRead;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;
import java.util.Arrays;

/** Reads spaces in which a cell is an element range of the index array and of every layer. */
final class SparseCellReader extends CellReader {

    private final RowRemapper remapper = new RowRemapper(buffers);

    SparseCellReader(GroupReaders groups) {
        super(groups);
    }

    @Override
    long elements(CellPointers pointers, int row) {
        long elements = pointers.end(row) - pointers.start(row);
        if (groups.isFeatureMajor(pointers.group(row))) {
            elements =
                    Math.min(elements, groups.group(pointers.group(row)).remap().kept());
        }
        // A range that is upside down or overflows is refused by the read itself.
        return Math.max(elements, 0);
    }

    @Override
    PendingSegment start(GroupReader group, CellPointers pointers, int first, int[] rows) {
        return group.isFeatureMajor()
                ? layout -> FeatureMajorSegments.read(group, pointers, first, rows, layout)
                : new Rows(new SparsePart(group, pointers, first, rows));
    }

    /** Indices and layers on their way. */
    private final class Rows implements PendingSegment {
        private final SparsePart part;
        private final PendingRead indices;
        private final PendingRead[] layers;

        Rows(SparsePart part) {
            this.part = part;
            layers = new PendingRead[groups.layers().size()];
            indices = start(part.group.indices());
            try {
                for (int i = 0; i < layers.length; i++) {
                    ZarrArray array = part.group.layer(i);
                    layers[i] = array == null ? null : start(array);
                }
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        private PendingRead start(ZarrArray array) {
            return array.startRanges(part.starts, part.ends, part.ranges);
        }

        @Override
        public Segment finish(Layout layout) {
            int[] raw = rawIndices();
            Entries entries = remapper.remap(raw, part.rowStarts, part.group.remap(), part::badIndex);
            if (entries.indices != raw) {
                buffers.giveInts(raw);
            }
            int[] rows = part.rows();
            for (int i = 0; i < rows.length; i++) {
                layout.indexOffsets[rows[i]] = entries.offsets[i];
                layout.valueOffsets[rows[i]] = entries.offsets[i];
                layout.lengths[rows[i]] = entries.offsets[i + 1] - entries.offsets[i];
            }
            Values[] values = new Values[layers.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = layers[i] == null ? null : values(i, entries);
            }
            if (entries.from != null) {
                buffers.giveInts(entries.from);
            }
            return Segment.sparse(part.group.group(), trimmed(entries), values);
        }

        private int[] rawIndices() {
            DataType type = part.group.indices().type();
            Values values = buffers.take(type, part.elements());
            indices.into(values, 0);
            if (type == DataType.UINT32 || type == DataType.INT32) {
                return values.ints();
            }
            int[] ints = buffers.takeInts(part.elements());
            IndexValues.toInts(values, part.elements(), ints);
            buffers.give(values);
            return ints;
        }

        private Values values(int layer, Entries entries) {
            PendingRead read = layers[layer];
            LayerColumn column = groups.layers().get(layer);
            if (entries.kept == 0) {
                read.close();
                return Values.allocate(column.type(), 0);
            }
            Values raw = buffers.take(part.group.layer(layer).type(), part.elements());
            read.into(raw, 0);
            Values values = EntryValues.of(raw, column, entries, part.errors(column), buffers);
            if (values.array() != raw.array()) {
                buffers.give(raw);
            }
            return values;
        }

        /** Few of many entries kept must not hold on to the room of all. */
        private int[] trimmed(Entries entries) {
            if (entries.kept >= part.elements() / 2) {
                return entries.indices;
            }
            int[] trimmed = Arrays.copyOf(entries.indices, entries.count);
            buffers.giveInts(entries.indices);
            return trimmed;
        }

        @Override
        public void close() {
            indices.close();
            for (PendingRead layer : layers) {
                if (layer != null) {
                    layer.close();
                }
            }
        }
    }
}
