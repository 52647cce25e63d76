package io.hox.ingest;

import io.hox.HoxException;
import io.hox.store.ObjectStore;
import java.util.Arrays;

/**
 * Where a range of cells lie in one modality's group. Memory: 32 bytes a cell of the range and some blocks of
 * {@link RowEnds}.
 */
final class RowPlaces {
    /** Blocks that are asked for at once. */
    private static final int BLOCKS = 64;

    private final long[] rows;
    private final long[] starts;
    private final long[] ends;

    private RowPlaces(long[] rows, long[] starts, long[] ends) {
        this.rows = rows;
        this.starts = starts;
        this.ends = ends;
    }

    /** Of a dense group. @param rows row of each cell, -1 where it was not measured */
    static RowPlaces dense(long[] rows) {
        return new RowPlaces(rows, null, null);
    }

    /**
     * Of a sparse group: looks up the places of the rows in the order of the rows, whatever that of the cells.
     *
     * @param rows row of each cell, -1 where it was not measured
     * @param path where the objects of the pieces are
     */
    static RowPlaces sparse(long[] rows, RowIndex index, ObjectStore store, String path) {
        RowPlaces places = new RowPlaces(rows, new long[rows.length], new long[rows.length]);
        places.new Lookup().run(index, store, path);
        return places;
    }

    /** The row of a cell, by its number in the range; -1 where it was not measured. */
    long row(int cell) {
        return rows[cell];
    }

    long start(int cell) {
        return starts[cell];
    }

    long end(int cell) {
        return ends[cell];
    }

    private final class Lookup {
        /** Row in the high half, cell in the low one, ascending; not measured cells come first and are passed over. */
        private final long[] wanted = new long[rows.length];

        private int next;

        void run(RowIndex index, ObjectStore store, String path) {
            for (int cell = 0; cell < rows.length; cell++) {
                wanted[cell] = rows[cell] << 32 | cell;
            }
            Arrays.sort(wanted);
            while (next < wanted.length && wanted[next] < 0) {
                next++;
            }
            int[] blocks = new int[BLOCKS];
            for (int piece = 0; piece < index.counts().length; piece++) {
                long first = index.firstRows()[piece];
                long behind = first + index.counts()[piece];
                while (next < wanted.length && row(next) < behind) {
                    int n = blocks(blocks, first, behind);
                    String key = path + "/" + piece;
                    RowEnds.read(store, key, behind - first, blocks, n, (r, start, end) -> take(first + r, start, end));
                }
            }
            if (next < wanted.length) {
                throw new HoxException("row " + row(next) + " was not written to '" + path + "' in store " + store.uri()
                        + "; the source names more rows than its matrix has");
            }
        }

        private long row(int i) {
            return wanted[i] >>> 32;
        }

        /** The next blocks of a piece in which wanted rows lie. */
        private int blocks(int[] blocks, long first, long behind) {
            int n = 0;
            for (int i = next; i < wanted.length && row(i) < behind; i++) {
                int block = (int) ((row(i) - first) / RowEnds.BLOCK);
                if (n == 0 || blocks[n - 1] != block) {
                    if (n == blocks.length) {
                        break;
                    }
                    blocks[n++] = block;
                }
            }
            return n;
        }

        private void take(long row, long start, long end) {
            while (next < wanted.length && row(next) == row) {
                int cell = (int) wanted[next++];
                starts[cell] = start;
                ends[cell] = end;
            }
        }
    }
}
