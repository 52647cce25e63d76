package io.hox.spark;

import io.hox.lance.LanceScan;
import io.hox.store.RequestCounter;
import java.util.List;
import org.apache.arrow.vector.UInt8Vector;

/**
 * A share of the cells, chosen by a hash of the seed and the row's address: the same cells whatever the splits, the
 * filters and the columns are.
 *
 * @param lower where the share begins, from 0
 * @param upper where it ends, up to 1
 */
record TableSample(double lower, double upper, long seed) implements RowFilterSpec {
    private static final String ADDRESS = "_rowaddr";
    private static final double UNIT = 0x1.0p-53;
    private static final int UNUSED_BITS = 11;

    // Steele, Lea and Flood's SplitMix64.
    private static final long STEP = 0x9e3779b97f4a7c15L;
    private static final long FIRST = 0xbf58476d1ce4e5b9L;
    private static final long SECOND = 0x94d049bb133111ebL;

    /** The part of the rows that is kept, about. */
    double fraction() {
        return upper - lower;
    }

    boolean keeps(long address) {
        double at = (mix(mix(seed + STEP) + address * STEP) >>> UNUSED_BITS) * UNIT;
        return at >= lower && at < upper;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * FIRST;
        mixed = (mixed ^ mixed >>> 27) * SECOND;
        return mixed ^ mixed >>> 31;
    }

    @Override
    public RowFilter open(CellReadPlan plan, ShardReader shared, RequestCounter counter) {
        return new Filter();
    }

    @Override
    public String toString() {
        return "sample: " + lower + " to " + upper + ", seed " + seed;
    }

    private final class Filter implements RowFilter {
        @Override
        public List<String> lanceColumns() {
            return List.of(ADDRESS);
        }

        @Override
        public int select(LanceScan scan, int[] rows, int n) {
            UInt8Vector addresses = (UInt8Vector) scan.batch().getVector(ADDRESS);
            int kept = 0;
            for (int i = 0; i < n; i++) {
                if (keeps(addresses.get(rows[i]))) {
                    rows[kept++] = rows[i];
                }
            }
            return kept;
        }
    }
}
