package io.hox.matrix;

import io.hox.HoxException;
import java.util.Arrays;

/**
 * The map from the local feature indices of one layout to a {@link FeatureAxis}: immutable, shared by all rows, tasks and
 * groups that use the layout. Arrays that accessors hand out must not be written to.
 *
 * <p>Global indices are given out in the order of feature uids while datasets keep their own gene order, so a remap is
 * seldom monotone: rows then have to be put in order. For that each kept feature has a <em>rank</em>, its place among the
 * kept features of the layout by ascending global index.
 */
final class Remap {

    private final String layoutUid;
    private final int[] toGlobal;
    private final int[] toRank;
    private final int[] globals;
    private final int[] sources;
    private final boolean monotone;
    private final boolean identity;

    private Remap(String layoutUid, int[] toGlobal, int[] toRank, int[] globals, int[] sources, boolean monotone) {
        this.layoutUid = layoutUid;
        this.toGlobal = toGlobal;
        this.toRank = toRank;
        this.globals = globals;
        this.sources = sources;
        this.monotone = monotone;
        // Ascending, so that the last one tells of all before it.
        this.identity = toGlobal.length == globals.length
                && monotone
                && (globals.length == 0 || globals[globals.length - 1] == globals.length - 1);
    }

    static Remap of(FeatureAxis axis, String layoutUid, int[] layout) {
        int[] toGlobal = new int[layout.length];
        long[] kept = new long[layout.length];
        int n = 0;
        boolean monotone = true;
        int previous = -1;
        for (int local = 0; local < layout.length; local++) {
            int global = layout[local];
            if (global < 0) {
                throw new HoxException("Layout '" + layoutUid + "' has the global index " + global + " at local index "
                        + local + ": run `hox optimize` on the atlas.");
            }
            if (axis.contains(global)) {
                toGlobal[local] = global;
                kept[n++] = (long) global << 32 | local;
                monotone &= global > previous;
                previous = global;
            } else {
                toGlobal[local] = -1;
            }
        }
        if (!monotone) {
            Arrays.sort(kept, 0, n);
        }
        int[] toRank = new int[layout.length];
        Arrays.fill(toRank, -1);
        int[] globals = new int[n];
        int[] sources = new int[n];
        for (int rank = 0; rank < n; rank++) {
            globals[rank] = (int) (kept[rank] >>> 32);
            sources[rank] = (int) kept[rank];
            toRank[sources[rank]] = rank;
            if (rank > 0 && globals[rank] == globals[rank - 1]) {
                throw new HoxException("Layout '" + layoutUid + "' has the feature with global index " + globals[rank]
                        + " twice, at local indices " + sources[rank - 1] + " and " + sources[rank]
                        + ": the layout table is damaged; `hox validate` lists all findings.");
            }
        }
        return new Remap(layoutUid, toGlobal, toRank, globals, sources, monotone);
    }

    /** Memory held. */
    long bytes() {
        return (long) Integer.BYTES * 2 * (toGlobal.length + globals.length);
    }

    /** The uid of the layout. */
    String layoutUid() {
        return layoutUid;
    }

    /** Number of features of the layout, kept or not. */
    int features() {
        return toGlobal.length;
    }

    /** Number of kept features. */
    int kept() {
        return globals.length;
    }

    /** Whether no feature is dropped. */
    boolean keepsAll() {
        return globals.length == toGlobal.length;
    }

    /** Whether ascending local indices give ascending global ones. */
    boolean monotone() {
        return monotone;
    }

    /** Whether every feature is kept and has its local index for a global one. */
    boolean identity() {
        return identity;
    }

    /** The kept features: global indices, ascending (shared). */
    int[] globals() {
        return globals;
    }

    /** For each entry of {@link #globals()} its local index (shared). */
    int[] sources() {
        return sources;
    }

    int[] toGlobal() {
        return toGlobal;
    }

    int[] toRank() {
        return toRank;
    }
}
