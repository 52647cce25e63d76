package io.hox.matrix;

import io.hox.zarr.Values;

/**
 * The entries of those rows of a block that share a Zarr group. Arrays are shared with the block's consumers and must not
 * be written to; they may be longer than what rows look at.
 */
public final class Segment {

    private final String group;
    private final int[] indices;
    private final Values[] layers;
    private final boolean ownsIndices;
    private final boolean ownsLayers;

    private Segment(String group, int[] indices, Values[] layers, boolean ownsIndices, boolean ownsLayers) {
        this.group = group;
        this.indices = indices;
        this.layers = layers;
        this.ownsIndices = ownsIndices;
        this.ownsLayers = ownsLayers;
    }

    /** A segment of arrays that others may look at, too. */
    Segment(String group, int[] indices, Values[] layers) {
        this(group, indices, layers, false, false);
    }

    /** A segment of arrays that nobody else knows. */
    static Segment sparse(String group, int[] indices, Values[] layers) {
        return new Segment(group, indices, layers, true, true);
    }

    /** A segment of layers that nobody else knows. */
    static Segment dense(String group, int[] sharedIndices, Values[] layers) {
        return new Segment(group, sharedIndices, layers, false, true);
    }

    /** Gives up what nobody else knows. */
    void release(Buffers buffers) {
        if (ownsIndices) {
            buffers.giveInts(indices);
        }
        for (Values layer : layers) {
            if (ownsLayers && layer != null) {
                buffers.give(layer);
            }
        }
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
