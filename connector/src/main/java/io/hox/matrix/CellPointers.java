package io.hox.matrix;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * The pointers of a batch of cells into the arrays of their groups, in row order; the rows of several groups may be mixed
 * in any way and some may be absent. Values are taken as they stand in the table: readers check them.
 */
public final class CellPointers {

    private static final int ABSENT = -1;

    private final String[] groups;
    private final int[] group;
    private final long[] start;
    private final long[] end;
    private final long[] zarrRow;
    private final int rows;
    private IntFunction<String> names;

    private CellPointers(String[] groups, int[] group, long[] start, long[] end, long[] zarrRow, int rows) {
        this.groups = groups;
        this.group = group;
        this.start = start;
        this.end = end;
        this.zarrRow = zarrRow;
        this.rows = rows;
    }

    /** Pointers with {@code [start, end)} element ranges. */
    public static Builder sparse(int expectedRows) {
        return new Builder(expectedRows, true);
    }

    /** Pointers with a row position. */
    public static Builder dense(int expectedRows) {
        return new Builder(expectedRows, false);
    }

    /** Lets errors name a cell, for instance by its uid. */
    public CellPointers named(IntFunction<String> names) {
        this.names = names;
        return this;
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Whether the pointers are element ranges; otherwise positions. */
    public boolean isSparse() {
        return end != null;
    }

    /** Whether the row has no data in this feature space. */
    public boolean absent(int row) {
        return group[row] == ABSENT;
    }

    /** The Zarr group of a row; null when absent. */
    public String group(int row) {
        return group[row] == ABSENT ? null : groups[group[row]];
    }

    int groupCount() {
        return groups.length;
    }

    String groupName(int id) {
        return groups[id];
    }

    int groupId(int row) {
        return group[row];
    }

    long start(int row) {
        return start[row];
    }

    long end(int row) {
        return end[row];
    }

    long position(int row) {
        return start[row];
    }

    /** The cell's number within its group; -1 when it was not given. */
    long zarrRow(int row) {
        return zarrRow == null ? -1 : zarrRow[row];
    }

    /** Words for an error: the cell and what it points to. */
    String describe(int row) {
        String cell = names == null ? "A cell" : "Cell '" + names.apply(row) + "'";
        String target = isSparse() ? "elements [" + start[row] + ", " + end[row] + ")" : "row " + start[row];
        return cell + " (group '" + group(row) + "', " + target + ")";
    }

    /** Collects the pointers of a batch row by row. */
    public static final class Builder {
        private final Map<String, Integer> ids = new HashMap<>();
        private int[] group;
        private long[] start;
        private long[] end;
        private long[] zarrRow;
        private int rows;
        private String lastGroup;
        private int lastId;

        private Builder(int expectedRows, boolean sparse) {
            int capacity = Math.max(expectedRows, 8);
            group = new int[capacity];
            start = new long[capacity];
            end = sparse ? new long[capacity] : null;
        }

        /** Adds a row of a sparse space. A range that the table lacks is given as -1, which readers refuse. */
        public Builder add(String zarrGroup, long start, long end) {
            if (this.end == null) {
                throw new IllegalStateException("a dense pointer has a position only");
            }
            next(zarrGroup);
            this.start[rows] = start;
            this.end[rows++] = end;
            return this;
        }

        /**
         * Adds a row of a sparse space with its number, which reads of feature-major copies need. Values that the table
         * lacks are given as -1, which readers refuse.
         */
        public Builder add(String zarrGroup, long start, long end, long zarrRow) {
            add(zarrGroup, start, end);
            if (this.zarrRow == null) {
                this.zarrRow = new long[group.length];
                Arrays.fill(this.zarrRow, -1);
            }
            this.zarrRow[rows - 1] = zarrRow;
            return this;
        }

        /** Adds a row of a dense space. A position that the table lacks is given as -1, which readers refuse. */
        public Builder add(String zarrGroup, long position) {
            if (end != null) {
                throw new IllegalStateException("a sparse pointer has a start and an end");
            }
            next(zarrGroup);
            start[rows++] = position;
            return this;
        }

        /** Adds a row without data. */
        public Builder addAbsent() {
            grow();
            group[rows++] = ABSENT;
            return this;
        }

        /** The pointers so far; the builder must not be used any more. */
        public CellPointers build() {
            String[] names = new String[ids.size()];
            ids.forEach((name, id) -> names[id] = name);
            return new CellPointers(names, group, start, end, zarrRow, rows);
        }

        private void next(String zarrGroup) {
            grow();
            if (!Objects.equals(zarrGroup, lastGroup)) {
                lastId = ids.computeIfAbsent(Objects.requireNonNull(zarrGroup, "zarrGroup"), name -> ids.size());
                lastGroup = zarrGroup;
            }
            group[rows] = lastId;
        }

        private void grow() {
            if (rows == group.length) {
                int capacity = rows * 2;
                group = Arrays.copyOf(group, capacity);
                start = Arrays.copyOf(start, capacity);
                end = end == null ? null : Arrays.copyOf(end, capacity);
                if (zarrRow != null) {
                    zarrRow = Arrays.copyOf(zarrRow, capacity);
                    Arrays.fill(zarrRow, rows, capacity, -1);
                }
            }
        }
    }
}
