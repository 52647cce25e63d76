package io.hox.matrix;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The remaps of one feature axis, made on first use and then shared by all tasks of a scan. Thread-safe; each layout is
 * asked for once.
 */
public final class Remaps {

    private final FeatureAxis axis;
    private final Function<String, int[]> layouts;
    private final ConcurrentHashMap<String, Remap> byLayout = new ConcurrentHashMap<>();

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

    /** The remap of a layout. */
    Remap of(String layoutUid) {
        return byLayout.computeIfAbsent(layoutUid, uid -> axis.remapFor(uid, layouts.apply(uid)));
    }
}
