package io.hox.matrix;

import io.hox.zarr.Values;

/**
 * The entries of those rows of a block that share a Zarr group. Arrays are shared with the block's consumers and must not
 * be written to.
 */
public final class Segment {

    private final String group;
    private final int[] indices;
    private final Values[] layers;

    Segment(String group, int[] indices, Values[] layers) {
        this.group = group;
        this.indices = indices;
        this.layers = layers;
    }

    /** The Zarr group. */
    public String group() {
        return group;
    }

    /**
     * Global feature indices, ascending within a row. Rows find theirs at {@link CellBlock#indexOffset}; the rows of a
     * dense group all look at the same ones.
     */
    public int[] indices() {
        return indices;
    }

    /**
     * The values of a requested layer, of the type of its {@link LayerColumn}; null where the group lacks the layer. Rows
     * find theirs at {@link CellBlock#valueOffset}.
     */
    public Values layer(int layer) {
        return layers[layer];
    }
}
