package io.hox.spark.write;

import io.hox.zarr.DataType;
import io.hox.zarr.Numbers;
import io.hox.zarr.Values;
import java.util.Arrays;

/** The ascending order of positions that were not ascending, or not distinct. Entries of one position are summed. */
final class EntryOrder {
    /** Entries in ascending order of their positions; those of one position in the order of the data. */
    private final int[] entries;

    private final int[] distinct;
    /** Where the entries of each distinct position begin; one more at the end. */
    private final int[] starts;

    private EntryOrder(int[] entries, int[] distinct, int[] starts) {
        this.entries = entries;
        this.distinct = distinct;
        this.starts = starts;
    }

    static EntryOrder of(int[] positions) {
        int n = positions.length;
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            keys[i] = (long) positions[i] << 32 | i;
        }
        Arrays.sort(keys);
        int[] entries = new int[n];
        int[] distinct = new int[n];
        int[] starts = new int[n + 1];
        int count = 0;
        for (int i = 0; i < n; i++) {
            int position = (int) (keys[i] >>> 32);
            entries[i] = (int) keys[i];
            if (count == 0 || distinct[count - 1] != position) {
                starts[count] = i;
                distinct[count++] = position;
            }
        }
        starts[count] = n;
        return new EntryOrder(entries, Arrays.copyOf(distinct, count), Arrays.copyOf(starts, count + 1));
    }

    /** The distinct positions, ascending. */
    int[] distinct() {
        return distinct;
    }

    /** The first entry of a distinct position. */
    int first(int number) {
        return entries[starts[number]];
    }

    /**
     * The sum for each distinct position, in the widest type of its kind.
     *
     * @throws ArithmeticException when whole numbers sum up to more than 64 bits hold
     */
    Values sum(Values values) {
        return values.type().isFloat() ? floats(values) : wholes(values);
    }

    private Values floats(Values values) {
        double[] sums = new double[distinct.length];
        for (int i = 0; i < sums.length; i++) {
            double sum = Numbers.doubleAt(values, entries[starts[i]]);
            for (int k = starts[i] + 1; k < starts[i + 1]; k++) {
                sum += Numbers.doubleAt(values, entries[k]);
            }
            sums[i] = sum;
        }
        return Values.of(DataType.FLOAT64, sums);
    }

    private Values wholes(Values values) {
        long[] sums = new long[distinct.length];
        for (int i = 0; i < sums.length; i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                long value = Numbers.longAt(values, entries[k]);
                sums[i] = Math.addExact(sums[i], value);
            }
        }
        return Values.of(DataType.INT64, sums);
    }
}
