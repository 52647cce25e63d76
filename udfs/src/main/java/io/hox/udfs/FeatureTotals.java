package io.hox.udfs;

import io.hox.HoxException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/** One running total per feature; its size is bounded by the highest feature index, whatever the number of cells. */
final class FeatureTotals implements Serializable {
    /** Ten times the longest feature axis known; what lies beyond is no feature index. */
    static final int MAX_FEATURES = 1 << 24;

    private static final int INITIAL_FEATURES = 1 << 10;

    private transient double[] totals = {};
    private transient int length;

    void add(int[] indices, int[] values) {
        check(indices.length, values.length);
        double[] sums = totals;
        int known = length;
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i];
            if (Integer.compareUnsigned(index, known) >= 0) {
                sums = grow(index);
                known = length;
            }
            sums[index] += values[i];
        }
    }

    void add(int[] indices, long[] values) {
        check(indices.length, values.length);
        double[] sums = totals;
        int known = length;
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i];
            if (Integer.compareUnsigned(index, known) >= 0) {
                sums = grow(index);
                known = length;
            }
            sums[index] += values[i];
        }
    }

    void add(int[] indices, float[] values) {
        check(indices.length, values.length);
        double[] sums = totals;
        int known = length;
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i];
            if (Integer.compareUnsigned(index, known) >= 0) {
                sums = grow(index);
                known = length;
            }
            sums[index] += values[i];
        }
    }

    void add(int[] indices, double[] values) {
        check(indices.length, values.length);
        double[] sums = totals;
        int known = length;
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i];
            if (Integer.compareUnsigned(index, known) >= 0) {
                sums = grow(index);
                known = length;
            }
            sums[index] += values[i];
        }
    }

    void add(FeatureTotals other) {
        if (other.length > length) {
            grow(other.length - 1);
        }
        for (int i = 0; i < other.length; i++) {
            totals[i] += other.totals[i];
        }
    }

    /** The totals of features 0 to the highest one seen. */
    double[] toArray() {
        return Arrays.copyOf(totals, length);
    }

    static void check(int indices, int values) {
        if (indices != values) {
            throw new HoxException(FeatureSum.NAME + ": a cell has " + indices + " indices but " + values
                    + " values; give the indices and a layer of the same pointer column");
        }
    }

    private double[] grow(int index) {
        if (index < 0 || index >= MAX_FEATURES) {
            throw new HoxException(FeatureSum.NAME + ": " + index + " is no feature index (0 to " + (MAX_FEATURES - 1)
                    + "); the first argument must be the indices of a pointer column");
        }
        if (index >= totals.length) {
            int wanted = Math.max(INITIAL_FEATURES, Math.max(index + 1, totals.length * 3 / 2));
            totals = Arrays.copyOf(totals, Math.min(wanted, MAX_FEATURES));
        }
        length = index + 1;
        return totals;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeObject(toArray());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        totals = (double[]) in.readObject();
        length = totals.length;
    }
}
