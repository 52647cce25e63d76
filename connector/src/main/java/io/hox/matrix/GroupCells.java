package io.hox.matrix;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.ScanRequest;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;

/**
 * The cells that a snapshot has in a group, by their row number: all that cells of the snapshot point to, each row once.
 * Takes 20 bytes a cell.
 */
public final class GroupCells {

    /** A pointer column of a table of cells. */
    public record Place(String obsTable, String column) implements Serializable {
        /** The name under which Lance returns a child of the column. */
        public String child(String name) {
            return column + "." + name;
        }
    }

    private final String group;
    private final boolean sparse;
    private int[] rows = new int[1024];
    private long[] starts = new long[1024];
    private long[] ends = new long[1024];
    private int count;

    private GroupCells(String group, boolean sparse) {
        this.group = group;
        this.sparse = sparse;
    }

    /**
     * Scans the tables for cells of the group.
     *
     * @param places the columns that may point to it
     * @param sparse whether they hold element ranges; otherwise positions
     * @throws HoxException when a cell has no usable row number
     */
    public static GroupCells load(AtlasView view, List<Place> places, String group, boolean sparse) {
        GroupCells cells = new GroupCells(group, sparse);
        for (Place place : places) {
            List<String> children = sparse ? List.of("start", "end", "zarr_row") : List.of("position");
            ScanRequest request = ScanRequest.ALL
                    .withColumns(children.stream().map(place::child).toList())
                    .withFilter(LanceSql.column(place.column, "zarr_group") + " = " + LanceSql.literal(group));
            try (LanceScan scan = view.obs(place.obsTable).scan(request)) {
                while (scan.next()) {
                    BigIntVector[] numbers = new BigIntVector[children.size()];
                    for (int i = 0; i < numbers.length; i++) {
                        numbers[i] = (BigIntVector) scan.batch().getVector(place.child(children.get(i)));
                    }
                    for (int i = 0; i < scan.batch().getRowCount(); i++) {
                        long first = number(numbers[0], i);
                        cells.add(
                                first, sparse ? number(numbers[1], i) : first, sparse ? number(numbers[2], i) : first);
                    }
                }
            }
        }
        cells.order();
        return cells;
    }

    private static long number(BigIntVector numbers, int row) {
        return numbers.isNull(row) ? -1 : numbers.get(row);
    }

    private void add(long start, long end, long row) {
        if (row < 0 || row > CellReader.MAX_ELEMENTS) {
            throw new HoxException("a cell of group '" + group + "' has the row number " + row
                    + ": the pointer is damaged; see `hox validate`");
        }
        if (count == rows.length) {
            int capacity = Math.addExact(count, count >> 1);
            rows = Arrays.copyOf(rows, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        rows[count] = (int) row;
        starts[count] = start;
        ends[count++] = end;
    }

    /** By row; a row that several cells of the snapshot share is there once. */
    private void order() {
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = (long) rows[i] << 32 | i;
        }
        Arrays.sort(keys);
        int[] orderedRows = new int[count];
        long[] orderedStarts = new long[count];
        long[] orderedEnds = new long[count];
        int n = 0;
        for (long key : keys) {
            int row = (int) (key >>> 32);
            if (n == 0 || orderedRows[n - 1] != row) {
                orderedRows[n] = row;
                orderedStarts[n] = starts[(int) key];
                orderedEnds[n++] = ends[(int) key];
            }
        }
        rows = Arrays.copyOf(orderedRows, n);
        starts = orderedStarts;
        ends = orderedEnds;
        count = n;
    }

    /** The row numbers, ascending (shared). */
    public int[] rows() {
        return rows;
    }

    /** The pointers of the cells, in the order of {@link #rows}. */
    CellPointers pointers() {
        CellPointers.Builder pointers = sparse ? CellPointers.sparse(count) : CellPointers.dense(count);
        for (int i = 0; i < count; i++) {
            if (sparse) {
                pointers.add(group, starts[i], ends[i]);
            } else {
                pointers.add(group, starts[i]);
            }
        }
        return pointers.build().named(i -> "row " + rows[i]);
    }
}
