package io.hox.atlas;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Indexes over the rows of a registry. */
final class FeatureRows {
    private FeatureRows() {}

    /**
     * The rows of each value, in table order.
     *
     * @param text value of a row, or null
     */
    static Map<String, int[]> byValue(int count, IntFunction<String> text) {
        Map<String, int[]> index = new LinkedHashMap<>(2 * count);
        Map<String, Integer> repeats = new HashMap<>();
        for (int row = 0; row < count; row++) {
            String value = text.apply(row);
            if (value == null) {
                continue;
            }
            int[] rows = index.get(value);
            if (rows == null) {
                index.put(value, new int[] {row});
            } else {
                // Grown by doubling: a column such as a biotype has few values with many rows each.
                int n = repeats.getOrDefault(value, 1);
                if (n == rows.length) {
                    rows = Arrays.copyOf(rows, 2 * n);
                    index.put(value, rows);
                }
                rows[n] = row;
                repeats.put(value, n + 1);
            }
        }
        for (Map.Entry<String, Integer> repeat : repeats.entrySet()) {
            index.put(repeat.getKey(), Arrays.copyOf(index.get(repeat.getKey()), repeat.getValue()));
        }
        return index;
    }

    /** The first row of each global index, -1 for numbers that no row has. Negative indices are left out. */
    static int[] byGlobalIndex(int[] globalIndexes) {
        int highest = -1;
        for (int globalIndex : globalIndexes) {
            highest = Math.max(highest, globalIndex);
        }
        int[] rows = new int[highest + 1];
        Arrays.fill(rows, -1);
        for (int row = 0; row < globalIndexes.length; row++) {
            if (globalIndexes[row] >= 0 && rows[globalIndexes[row]] < 0) {
                rows[globalIndexes[row]] = row;
            }
        }
        return rows;
    }
}
