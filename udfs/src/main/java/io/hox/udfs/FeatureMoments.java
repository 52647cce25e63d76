package io.hox.udfs;

import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * Counts and sums per feature over the values other than zero, from which mean and variance over all cells follow: the
 * zeros need no look. Deviations are taken from the first value of the feature, so that squares don't cancel where a
 * feature varies little around a large value. For whole numbers all sums are whole, and exact while below 2^53: then
 * results depend neither on the order of the cells nor on how they were spread over tasks.
 */
final class FeatureMoments implements Serializable {
    private static final long serialVersionUID = 1L;

    // The numbers of a feature lie in one cache line.
    private static final int COUNT = 0;
    private static final int SHIFT = 1;
    private static final int SUM = 2;
    private static final int SQUARES = 3;
    private static final int WIDTH = 4;

    private final FeatureTable table;
    private final SmallCounts small = new SmallCounts();
    private long cells;

    FeatureMoments() {
        this(new FeatureTable(WIDTH), 0);
    }

    private FeatureMoments(FeatureTable table, long cells) {
        this.table = table;
        this.cells = cells;
    }

    void add(NumberRange indices, NumberRange values) {
        cells++;
        int[] features = indices.ints();
        int from = indices.from();
        int n = values.length();
        boolean once = n > 0 && ascends(features, from, n);
        if (once) {
            table.include(features[from], FeatureStats.NAME);
            table.include(features[from + n - 1], FeatureStats.NAME);
        }
        if (once && values.isInts()) {
            small.add(features, from, values.ints(), values.from(), n, this::add);
            if (small.isFull()) {
                drain();
            }
            return;
        }
        double[] added = values.doubles();
        for (int i = 0; i < n; i++) {
            int feature = features[from + i];
            if (feature < 0 || feature >= table.features()) {
                table.include(feature, FeatureStats.NAME);
            }
            if (added[i] != 0) {
                add(feature, added[i]);
            }
        }
    }

    /** Whether each is larger than the one before. */
    private static boolean ascends(int[] features, int from, int n) {
        int falls = 0;
        for (int i = from + 1; i < from + n; i++) {
            falls += features[i] <= features[i - 1] ? 1 : 0;
        }
        return falls == 0;
    }

    /** Adds a value other than zero of a feature of the table. */
    private void add(int feature, double value) {
        double[] sums = table.numbers();
        int at = feature * WIDTH;
        double count = sums[at + COUNT];
        if (count == 0) {
            // A deviation from infinity would be no number even in the sum.
            sums[at + SHIFT] = Double.isFinite(value) ? value : 0;
        }
        double deviation = value - sums[at + SHIFT];
        sums[at + COUNT] = count + 1;
        sums[at + SUM] += deviation;
        sums[at + SQUARES] += deviation * deviation;
    }

    /** Takes over what the small counts have gathered. */
    private void drain() {
        if (small.isEmpty()) {
            return;
        }
        double[] sums = table.numbers();
        small.drain((feature, count, sum, squares) -> merge(sums, feature * WIDTH, count, 0, sum, squares));
    }

    /** Adds sums of deviations from another shift. */
    private static void merge(double[] sums, int at, double count, double shift, double sum, double squares) {
        if (sums[at + COUNT] == 0) {
            sums[at + COUNT] = count;
            sums[at + SHIFT] = shift;
            sums[at + SUM] = sum;
            sums[at + SQUARES] = squares;
            return;
        }
        // The sums, as if the deviations had been from this shift.
        double by = shift - sums[at + SHIFT];
        sums[at + COUNT] += count;
        sums[at + SUM] += sum + count * by;
        sums[at + SQUARES] += squares + by * (2 * sum + count * by);
    }

    void add(FeatureMoments other) {
        drain();
        other.drain();
        cells += other.cells;
        int n = other.table.features();
        if (n == 0) {
            return;
        }
        double[] added = other.table.numbers();
        double[] sums = table.include(n - 1, FeatureStats.NAME);
        for (int at = 0; at < n * WIDTH; at += WIDTH) {
            if (added[at + COUNT] != 0) {
                merge(sums, at, added[at + COUNT], added[at + SHIFT], added[at + SUM], added[at + SQUARES]);
            }
        }
    }

    /** Cells seen. */
    long cells() {
        return cells;
    }

    /** One more than the highest feature index seen. */
    int features() {
        return table.features();
    }

    /** Cells in which the feature, one below {@link #features}, is not zero. */
    long nonZeros(int feature) {
        drain();
        return (long) table.numbers()[feature * WIDTH + COUNT];
    }

    double sum(int feature) {
        drain();
        double[] sums = table.numbers();
        int at = feature * WIDTH;
        return sums[at + COUNT] * sums[at + SHIFT] + sums[at + SUM];
    }

    /** The sample variance over all cells, zeros included; there must be two at least. */
    double variance(int feature) {
        drain();
        double[] sums = table.numbers();
        int at = feature * WIDTH;
        double count = sums[at + COUNT];
        double within = difference(count, sums[at + SQUARES], sums[at + SUM]) / count;
        double sum = sum(feature);
        double between = sum / count * sum * ((cells - count) / cells);
        return (Math.max(0, within) + between) / (cells - 1);
    }

    /** {@code a * b - c * c}, rounded once: the rounding errors of products and difference are taken along. */
    private static double difference(double a, double b, double c) {
        double ab = a * b;
        double cc = c * c;
        double rounded = ab - cc;
        double taken = ab - rounded;
        double lost = (ab - (rounded + taken)) + (taken - cc);
        return rounded + (lost + Math.fma(a, b, -ab) - Math.fma(c, c, -cc));
    }

    long bytes() {
        return table.bytes() + small.bytes();
    }

    byte[] toBytes() {
        drain();
        byte[] moments = table.toBytes();
        return ByteBuffer.allocate(Long.BYTES + moments.length)
                .putLong(cells)
                .put(moments)
                .array();
    }

    static FeatureMoments fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long cells = in.getLong();
        return new FeatureMoments(FeatureTable.fromBytes(in, WIDTH), cells);
    }
}
