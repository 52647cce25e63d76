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
 *     from = to;
 * }
 * }</pre>
 */
public abstract class CellReader {

    /** What one block may hold: array lengths, less some room that the readers need. */
    static final int MAX_ELEMENTS = Integer.MAX_VALUE - 256;

    final GroupReaders groups;

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
        Layout layout = new Layout(rows);
        Segment[] parts = new Segment[segments];
        for (int s = 0; s < segments; s++) {
            int[] members = new int[sizes[s + 1]];
            for (int i = 0, n = 0; n < members.length; i++) {
                if (rowSegments[i] == s) {
                    members[n++] = i;
                }
            }
            parts[s] = segment(groups.group(pointers.groupName(groupIds[s])), pointers, from, members, layout);
        }
        return new CellBlock(rows, parts, rowSegments, layout.indexOffsets, layout.valueOffsets, layout.lengths);
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
     * Reads the rows of one group.
     *
     * @param first the pointer of block row 0
     * @param rows the block rows of the group, ascending
     */
    abstract Segment segment(GroupReader group, CellPointers pointers, int first, int[] rows, Layout layout);
}
