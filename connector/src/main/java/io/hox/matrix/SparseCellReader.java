package io.hox.matrix;

import io.hox.HoxException;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.hox.zarr.ZarrArray;
import java.util.Arrays;

/** Reads spaces in which a cell is an element range of the index array and of every layer. */
final class SparseCellReader extends CellReader {

    /** Entries that a cell may have whatever its layout; beyond, a pointer with more than some per feature is damaged. */
    private static final long ALWAYS_ALLOWED = 1 << 20;

    private static final long ALLOWED_PER_FEATURE = 16;

    private final RowRemapper remapper = new RowRemapper();
    private Values rawIndices = Values.allocate(DataType.UINT32, 0);
    private Values rawLayer = Values.allocate(DataType.UINT32, 0);

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
    Segment segment(GroupReader group, CellPointers pointers, int first, int[] rows, Layout layout) {
        if (group.isFeatureMajor()) {
            return FeatureMajorSegments.read(group, pointers, first, rows, layout);
        }
        Part part = new Part(group, pointers, first, rows);
        Entries entries = remapper.remap(indices(part), part.rowStarts, group.remap(), part::badIndex);
        for (int i = 0; i < rows.length; i++) {
            layout.indexOffsets[rows[i]] = entries.offsets[i];
            layout.valueOffsets[rows[i]] = entries.offsets[i];
            layout.lengths[rows[i]] = entries.offsets[i + 1] - entries.offsets[i];
        }
        Values[] layers = new Values[groups.layers().size()];
        for (int i = 0; i < layers.length; i++) {
            ZarrArray array = group.layer(i);
            if (array != null) {
                layers[i] = layer(array, groups.layers().get(i), part, entries);
            }
        }
        boolean roomy = entries.indices.length - entries.count > entries.count / 4 + 64;
        int[] indices = roomy ? Arrays.copyOf(entries.indices, entries.count) : entries.indices;
        return new Segment(group.group(), indices, layers);
    }

    /** Raw local indices of the part, in memory that the next part takes over. */
    private int[] indices(Part part) {
        ZarrArray array = part.group.indices();
        DataType type = array.type();
        if (type != DataType.UINT32 && type != DataType.INT32) {
            Values values = array.readRanges(part.starts, part.ends, part.ranges);
            return IndexValues.toInts(values);
        }
        rawIndices = reuse(rawIndices, type, part.elements);
        array.readRanges(part.starts, part.ends, part.ranges, rawIndices, 0);
        return rawIndices.ints();
    }

    private static Values reuse(Values scratch, DataType type, int elements) {
        boolean fits = scratch.type() == type && scratch.length() >= elements;
        return fits ? scratch : Values.allocate(type, elements);
    }

    private Values layer(ZarrArray array, LayerColumn column, Part part, Entries entries) {
        if (entries.kept == 0) {
            return Values.allocate(column.type(), 0);
        }
        Values values;
        if (entries.from == null) {
            values = array.readRanges(part.starts, part.ends, part.ranges);
        } else {
            rawLayer = reuse(rawLayer, array.type(), part.elements);
            array.readRanges(part.starts, part.ends, part.ranges, rawLayer, 0);
            values = Gather.pick(rawLayer, entries.from, entries.kept);
        }
        values = Conversion.convert(
                values,
                column.type(),
                (entry, value) -> Misfit.value(
                        part.describe(entries.rowOfKept(entry)), column, entries.indexOfKept(entry), value));
        if (entries.runs == null) {
            return values;
        }
        return Join.runs(
                values,
                entries.runs,
                entries.count,
                entry -> Misfit.sum(part.describe(entries.rowOf(entry)), column, entries.indices[entry]));
    }

    /** The rows of one group: their checked element ranges, neighbouring ones put together. */
    private static final class Part {
        final GroupReader group;
        final CellPointers pointers;
        final int first;
        final int[] rows;
        final int[] rowStarts;
        final long[] starts;
        final long[] ends;
        int ranges;
        int elements;

        Part(GroupReader group, CellPointers pointers, int first, int[] rows) {
            this.group = group;
            this.pointers = pointers;
            this.first = first;
            this.rows = rows;
            rowStarts = new int[rows.length + 1];
            starts = new long[rows.length];
            ends = new long[rows.length];
            long length = group.shape()[0];
            long most =
                    Math.max(ALWAYS_ALLOWED, ALLOWED_PER_FEATURE * group.remap().features());
            long total = 0;
            for (int i = 0; i < rows.length; i++) {
                long start = pointers.start(first + rows[i]);
                long end = pointers.end(first + rows[i]);
                if (start < 0 || end < start || end > length || end - start > most) {
                    throw refuse(i, length);
                }
                total += end - start;
                if (total > MAX_ELEMENTS) {
                    throw new HoxException("cells of group '" + group.group() + "' have more than " + MAX_ELEMENTS
                            + " entries together: read fewer rows at a time");
                }
                rowStarts[i + 1] = (int) total;
                if (end > start) {
                    add(start, end);
                }
            }
            elements = (int) total;
        }

        private void add(long start, long end) {
            if (ranges > 0 && ends[ranges - 1] == start) {
                ends[ranges - 1] = end;
            } else {
                starts[ranges] = start;
                ends[ranges++] = end;
            }
        }

        private HoxException refuse(int i, long length) {
            String problem = pointers.start(first + rows[i]) >= 0
                            && pointers.end(first + rows[i]) >= pointers.start(first + rows[i])
                            && pointers.end(first + rows[i]) <= length
                    ? " claims more entries than a cell with " + group.remap().features() + " features can have"
                    : " points outside its arrays of shape [" + length + "]";
            return new HoxException(
                    describe(i) + problem + ": the pointer or the array is damaged; see `hox validate`");
        }

        String describe(int i) {
            return pointers.describe(first + rows[i]);
        }

        RuntimeException badIndex(int rawPosition) {
            int i = 0;
            while (rowStarts[i + 1] <= rawPosition) {
                i++;
            }
            long element = pointers.start(first + rows[i]) + rawPosition - rowStarts[i];
            return new HoxException("array " + group.indices().path() + " has the feature index "
                    + IndexValues.show(group.indices(), element) + " at element " + element + ", but layout '"
                    + group.remap().layoutUid() + "' lists " + group.remap().features() + " features ("
                    + describe(i) + "): the array or the layout is damaged");
        }
    }
}
