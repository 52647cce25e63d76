package io.hox.store;

import java.util.Arrays;

/** Orders positions by a long key without boxing. */
public final class IndexSort {
    private IndexSort() {}

    /** Whether the first {@code n} keys ascend (equal neighbours allowed). */
    static boolean isSorted(long[] keys, int n) {
        for (int i = 1; i < n; i++) {
            if (keys[i - 1] > keys[i]) {
                return false;
            }
        }
        return true;
    }

    /** The positions 0..n-1 ordered by ascending key; positions of equal keys keep their order. */
    public static int[] order(long[] keys, int n) {
        int[] order = new int[n];
        if (isSorted(keys, n)) {
            for (int i = 0; i < n; i++) {
                order[i] = i;
            }
            return order;
        }
        long[] distinct = Arrays.copyOf(keys, n);
        Arrays.sort(distinct);
        int distinctCount = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || distinct[i] != distinct[distinctCount - 1]) {
                distinct[distinctCount++] = distinct[i];
            }
        }
        int[] rank = new int[n];
        int[] next = new int[distinctCount + 1];
        for (int i = 0; i < n; i++) {
            rank[i] = Arrays.binarySearch(distinct, 0, distinctCount, keys[i]);
            next[rank[i] + 1]++;
        }
        for (int r = 0; r < distinctCount; r++) {
            next[r + 1] += next[r];
        }
        for (int i = 0; i < n; i++) {
            order[next[rank[i]]++] = i;
        }
        return order;
    }
}
