package io.hox.ingest;

import io.hox.source.Matrix;
import io.hox.source.RowBlock;
import java.util.Arrays;

/**
 * Where a matrix has its entries, in a few bytes: a hash for every run of elements, whatever the blocks they came in. Two
 * matrices of one structure have equal ones.
 */
final class SharedStructure {
    private static final int RUN_BITS = 16;
    private static final int RUN = 1 << RUN_BITS;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long[] hashes = new long[16];
    private long elements;

    /** Adds the next rows. */
    void add(RowBlock block) {
        int[] indices = block.indices();
        int runs = (int) ((elements + block.entries() >>> RUN_BITS) + 1);
        if (runs > hashes.length) {
            hashes = Arrays.copyOf(hashes, Math.max(runs, 2 * hashes.length));
        }
        for (int row = 0; row < block.rows(); row++) {
            long high = block.firstRow() + row << 32;
            for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
                int run = (int) (elements++ >>> RUN_BITS);
                hashes[run] = (hashes[run] ^ high ^ indices[i]) * FACTOR;
            }
        }
    }

    /** The first run in which the other one differs; -1 where it is equal. */
    int firstDifference(SharedStructure other) {
        int runs = (int) (Math.max(elements, other.elements) + RUN - 1 >>> RUN_BITS);
        for (int run = 0; run < runs; run++) {
            if (at(run) != other.at(run)) {
                return run;
            }
        }
        return elements == other.elements ? -1 : (int) (Math.min(elements, other.elements) >>> RUN_BITS);
    }

    private long at(int run) {
        return run < hashes.length ? hashes[run] : 0;
    }

    /**
     * The first cell whose entries differ, given the run in which they do.
     *
     * @param from first row that was added
     */
    static long firstCell(Matrix a, Matrix b, long from, long to, int run, int blockEntries) {
        Run first = new Run(run, a, from, to, blockEntries);
        Run second = new Run(run, b, from, to, blockEntries);
        int common = Math.min(first.n, second.n);
        int i = 0;
        while (i < common && first.rows[i] == second.rows[i] && first.indices[i] == second.indices[i]) {
            i++;
        }
        long cellOfFirst = i < first.n ? first.rows[i] : Long.MAX_VALUE;
        long cellOfSecond = i < second.n ? second.rows[i] : Long.MAX_VALUE;
        return Math.min(cellOfFirst, cellOfSecond);
    }

    /** The entries of one run. */
    private static final class Run {
        final long[] rows = new long[RUN];
        final int[] indices = new int[RUN];
        int n;
        private long elements;

        Run(int run, Matrix matrix, long from, long to, int blockEntries) {
            long start = (long) run << RUN_BITS;
            matrix.forEachRowBlock(from, to, blockEntries, block -> add(block, start));
        }

        private void add(RowBlock block, long start) {
            for (int row = 0; row < block.rows(); row++) {
                for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++, elements++) {
                    if (elements >= start && n < RUN) {
                        rows[n] = block.firstRow() + row;
                        indices[n++] = block.indices()[i];
                    }
                }
            }
        }
    }
}
