package io.hox.matrix;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.function.Function;

/**
 * The remaps of one feature axis, made on first use and then shared by all tasks that read along it. Thread-safe. Those
 * that were used last are kept; a layout is asked for again when it had to make room.
 */
public final class Remaps {
    /** Some hundred layouts of 30,000 features. */
    private static final long MAX_BYTES = 64L << 20;

    private final FeatureAxis axis;
    private final Function<String, int[]> layouts;
    /** Least recently used first. */
    private final LinkedHashMap<String, Remap> byLayout = new LinkedHashMap<>(16, 0.75f, true);

    private volatile long bytes;

    /**
     * @param axis the features to keep
     * @param layouts from a layout uid to the global index of each local one; its failures pass through
     */
    public Remaps(FeatureAxis axis, Function<String, int[]> layouts) {
        this.axis = axis;
        this.layouts = layouts;
    }

    /** The axis that all remaps lead to. */
    FeatureAxis axis() {
        return axis;
    }

    /** Memory held. */
    public long bytes() {
        return bytes;
    }

    /** The remap of a layout. */
    Remap of(String layoutUid) {
        synchronized (byLayout) {
            Remap known = byLayout.get(layoutUid);
            if (known != null) {
                return known;
            }
        }
        int[] layout = layouts.apply(layoutUid);
        synchronized (byLayout) {
            Remap known = byLayout.get(layoutUid);
            if (known != null) {
                return known;
            }
            Remap made = axis.remapFor(layoutUid, layout);
            byLayout.put(layoutUid, made);
            long held = bytes + made.bytes();
            Iterator<Remap> oldest = byLayout.values().iterator();
            while (held > MAX_BYTES && byLayout.size() > 1) {
                held -= oldest.next().bytes();
                oldest.remove();
            }
            bytes = held;
            return made;
        }
    }
}
