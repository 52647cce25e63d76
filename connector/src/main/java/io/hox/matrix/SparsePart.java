package io.hox.matrix;

import io.hox.HoxException;

/** Rows of one sparse group: their checked element ranges, neighbouring ones put together. */
final class SparsePart {

    /** Entries that a cell may have whatever its layout; beyond, a pointer with more than some per feature is damaged. */
    private static final long ALWAYS_ALLOWED = 1 << 20;

    private static final long ALLOWED_PER_FEATURE = 16;

    final GroupReader group;
    /** Row {@code i} has the raw entries {@code [rowStarts[i], rowStarts[i + 1])}. */
    final int[] rowStarts;

    final long[] starts;
    final long[] ends;
    /** How many of {@link #starts} and {@link #ends} there are. */
    int ranges;

    private final CellPointers pointers;
    private final int first;
    private final int[] rows;

    /**
     * @param first the pointer of block row 0
     * @param rows the block rows of the group, ascending
     */
    SparsePart(GroupReader group, CellPointers pointers, int first, int[] rows) {
        this.group = group;
        this.pointers = pointers;
        this.first = first;
        this.rows = rows;
        rowStarts = new int[rows.length + 1];
        starts = new long[rows.length];
        ends = new long[rows.length];
        long length = group.shape()[0];
        long most = Math.max(ALWAYS_ALLOWED, ALLOWED_PER_FEATURE * group.remap().features());
        long total = 0;
        for (int i = 0; i < rows.length; i++) {
            long start = pointers.start(first + rows[i]);
            long end = pointers.end(first + rows[i]);
            if (start < 0 || end < start || end > length || end - start > most) {
                throw refuse(i, length);
            }
            total += end - start;
            if (total > CellReader.MAX_ELEMENTS) {
                throw new HoxException("cells of group '" + group.group() + "' have more than "
                        + CellReader.MAX_ELEMENTS + " entries together: read fewer rows at a time");
            }
            rowStarts[i + 1] = (int) total;
            if (end > start) {
                add(start, end);
            }
        }
    }

    private void add(long start, long end) {
        if (ranges > 0 && ends[ranges - 1] == start) {
            ends[ranges - 1] = end;
        } else {
            starts[ranges] = start;
            ends[ranges++] = end;
        }
    }

    /** Raw entries of all rows. */
    int elements() {
        return rowStarts[rows.length];
    }

    /** The block rows, ascending. */
    int[] rows() {
        return rows;
    }

    private HoxException refuse(int i, long length) {
        String problem = pointers.start(first + rows[i]) >= 0
                        && pointers.end(first + rows[i]) >= pointers.start(first + rows[i])
                        && pointers.end(first + rows[i]) <= length
                ? " claims more entries than a cell with " + group.remap().features() + " features can have"
                : " points outside its arrays of shape [" + length + "]";
        return new HoxException(describe(i) + problem + ": the pointer or the array is damaged; see `hox validate`");
    }

    private String describe(int i) {
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
                + group.remap().layoutUid() + "' lists " + group.remap().features() + " features (" + describe(i)
                + "): the array or the layout is damaged");
    }

    /** The errors about the values of a layer. */
    EntryValues.Errors errors(LayerColumn column) {
        return new EntryValues.Errors() {
            @Override
            public HoxException value(int row, int index, String value) {
                return Misfit.value(describe(row), column, index, value);
            }

            @Override
            public HoxException sum(int row, int index) {
                return Misfit.sum(describe(row), column, index);
            }
        };
    }
}
