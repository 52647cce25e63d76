package io.hox.matrix;

import io.hox.HoxException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;

/**
 * The features that a read keeps, as ascending global indices of one registry.
 *
 * <p>A layout (the features of a dataset in matrix column order) is given as {@code int[]}: the global index of each
 * local one. Immutable; arrays that accessors hand out are shared and must not be written to.
 */
public final class FeatureAxis implements Serializable {

    private static final FeatureAxis EVERYTHING = new FeatureAxis(null);

    private final int[] globals;

    private FeatureAxis(int[] globals) {
        this.globals = globals;
    }

    /** The axis that keeps whatever a dataset measured, without listing it: the cell-wise meaning of a union. */
    public static FeatureAxis everything() {
        return EVERYTHING;
    }

    /** All features that at least one of the layouts measured. */
    public static FeatureAxis union(Collection<int[]> layouts) {
        long total = 0;
        for (int[] layout : layouts) {
            total += layout.length;
        }
        if (total > Integer.MAX_VALUE - 8) {
            throw new HoxException("The layouts of this read list " + total
                    + " features together, more than a union can hold: restrict the read to fewer datasets.");
        }
        int[] all = new int[(int) total];
        int n = 0;
        for (int[] layout : layouts) {
            System.arraycopy(layout, 0, all, n, layout.length);
            n += layout.length;
        }
        return new FeatureAxis(ascendingDistinct(all));
    }

    /** The features that every one of the layouts measured; none where there is no layout. */
    public static FeatureAxis intersection(Collection<int[]> layouts) {
        int[] common = null;
        for (int[] layout : layouts) {
            int[] sorted = ascendingDistinct(layout.clone());
            common = common == null ? sorted : intersect(common, sorted);
        }
        return new FeatureAxis(common == null ? new int[0] : common);
    }

    /** The given features, in any order; repeated ones count once. */
    public static FeatureAxis pinned(int[] globals) {
        return new FeatureAxis(ascendingDistinct(globals.clone()));
    }

    /** Whether the axis keeps every feature without listing them; {@link #globals()} fails then. */
    public boolean isEverything() {
        return globals == null;
    }

    /** The ascending global indices of the axis (shared). */
    public int[] globals() {
        if (globals == null) {
            throw new IllegalStateException("an axis of everything does not list its features");
        }
        return globals;
    }

    /** Whether a read along this axis keeps the feature. */
    public boolean contains(int global) {
        return globals == null || Arrays.binarySearch(globals, global) >= 0;
    }

    /**
     * The map from a layout's local indices to this axis.
     *
     * @param layoutUid names the layout in errors
     * @param layout global index of each local one
     * @throws HoxException when the layout has a negative index or the same feature twice
     */
    Remap remapFor(String layoutUid, int[] layout) {
        return Remap.of(this, layoutUid, layout);
    }

    private static int[] ascendingDistinct(int[] values) {
        Arrays.sort(values);
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (i == 0 || values[i] != values[i - 1]) {
                values[n++] = values[i];
            }
        }
        return n == values.length ? values : Arrays.copyOf(values, n);
    }

    private static int[] intersect(int[] a, int[] b) {
        int[] common = new int[Math.min(a.length, b.length)];
        int n = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                common[n++] = a[i++];
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return Arrays.copyOf(common, n);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeatureAxis axis && Arrays.equals(globals, axis.globals);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(globals);
    }

    @Override
    public String toString() {
        return globals == null ? "everything" : globals.length + " features";
    }
}
