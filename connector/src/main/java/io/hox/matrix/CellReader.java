package io.hox.matrix;

import io.hox.HoxException;
import java.util.Arrays;

/**
 * Reads the numbers of cells: one per task, not thread-safe. The rows of a batch may be in any order and of any groups;
 * near ones are fetched together.
 *
 * <p>Rows come out with ascending global indices, each once. Stored entries may be in any order (they are sorted),
 * repeat an index (their values are summed) and be zero (they stay). A batch that is too large for memory is read in
 * parts:
 *
 * <pre>{@code
 * for (int from = 0; from < pointers.rows(); ) {
 *     int to = reader.fit(pointers, from, elementBudget);
 *     CellBlock block = reader.read(pointers, from, to);
 *     use(block);
 *     reader.reuse(block);
 *     from = to;
 * }
 * }</pre>
 */
public abstract class CellReader {

    /** What one block may hold: array lengths, less some room that the readers need. */
    static final int MAX_ELEMENTS = Integer.MAX_VALUE - 256;

    final GroupReaders groups;
    final Buffers buffers = new Buffers();

    CellReader(GroupReaders groups) {
        this.groups = groups;
    }

    /**
     * How many rows can be read at once.
     *
     * @param from the first row
     * @param elementBudget entries to stay below, counted as stored in one array
     * @return the row after the last, at least {@code from + 1}: one cell alone may exceed the budget
     */
    public final int fit(CellPointers pointers, int from, long elementBudget) {
        long elements = 0;
        for (int row = from; row < pointers.rows(); row++) {
            if (!pointers.absent(row)) {
                elements += Math.min(elements(pointers, row), MAX_ELEMENTS);
                if (elements > elementBudget && row > from) {
                    return row;
                }
            }
        }
        return pointers.rows();
    }

    /** Entries that reading rows {@code [from, to)} takes, as the pointers claim and counted as stored in one array. */
    public final long elements(CellPointers pointers, int from, int to) {
        long elements = 0;
        for (int row = from; row < to; row++) {
            elements += pointers.absent(row) ? 0 : Math.min(elements(pointers, row), MAX_ELEMENTS);
        }
        return elements;
    }

    /** All rows at once. */
    public final CellBlock read(CellPointers pointers) {
        return read(pointers, 0, pointers.rows());
    }

    /**
     * Rows {@code [from, to)}, as rows {@code [0, to - from)} of the block.
     *
     * @throws HoxException when a pointer leaves its arrays, an index its layout or a value its column; the message names
     *     the cell
     */
    public final CellBlock read(CellPointers pointers, int from, int to) {
        return start(pointers, from, to).finish();
    }

    /**
     * Starts what {@link #read} does: where the store is remote, the bytes of all groups and layers are asked for at once.
     * The caller finishes the block or closes it.
     *
     * @throws HoxException when a pointer leaves its arrays
     */
    public final PendingBlock start(CellPointers pointers, int from, int to) {
        int rows = to - from;
        int[] segmentOfGroup = new int[pointers.groupCount()];
        Arrays.fill(segmentOfGroup, -1);
        int[] rowSegments = new int[rows];
        int[] groupIds = new int[Math.min(rows, pointers.groupCount())];
        int[] sizes = new int[groupIds.length + 1];
        int segments = 0;
        for (int i = 0; i < rows; i++) {
            int id = pointers.groupId(from + i);
            if (id < 0) {
                rowSegments[i] = -1;
                continue;
            }
            if (segmentOfGroup[id] < 0) {
                segmentOfGroup[id] = segments;
                groupIds[segments++] = id;
            }
            rowSegments[i] = segmentOfGroup[id];
            sizes[rowSegments[i] + 1]++;
        }
        int[][] members = members(rowSegments, sizes, segments);
        PendingSegment[] pending = new PendingSegment[segments];
        try {
            for (int s = 0; s < segments; s++) {
                GroupReader group = groups.group(pointers.groupName(groupIds[s]));
                pending[s] = start(group, pointers, from, members[s]);
            }
        } catch (RuntimeException e) {
            PendingBlock.closeAll(pending);
            throw e;
        }
        return new PendingBlock(pending, rowSegments);
    }

    /** The rows of each segment, ascending. */
    private static int[][] members(int[] rowSegments, int[] sizes, int segments) {
        int[][] members = new int[segments][];
        for (int s = 0; s < segments; s++) {
            members[s] = new int[sizes[s + 1]];
        }
        int[] counts = new int[segments];
        for (int i = 0; i < rowSegments.length; i++) {
            int s = rowSegments[i];
            if (s >= 0) {
                members[s][counts[s]++] = i;
            }
        }
        return members;
    }

    /** Takes back a block of this reader that nobody looks at any more: the next ones may get its arrays. */
    public final void reuse(CellBlock block) {
        for (int s = 0; s < block.segments(); s++) {
            block.segment(s).release(buffers);
        }
    }

    /** Where each row of a block starts, filled segment by segment. */
    static final class Layout {
        final int[] indexOffsets;
        final int[] valueOffsets;
        final int[] lengths;

        Layout(int rows) {
            indexOffsets = new int[rows];
            valueOffsets = new int[rows];
            lengths = new int[rows];
        }
    }

    /** Entries that reading the row takes, as the pointer claims. */
    abstract long elements(CellPointers pointers, int row);

    /**
     * Starts to read the rows of one group.
     *
     * @param first the pointer of block row 0
     * @param rows the block rows of the group, ascending
     */
    abstract PendingSegment start(GroupReader group, CellPointers pointers, int first, int[] rows);
}
