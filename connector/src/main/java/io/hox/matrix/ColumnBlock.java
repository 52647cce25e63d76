package io.hox.matrix;

import io.hox.zarr.Values;

/** The entries of some features of one group. Arrays that accessors hand out must not be written to. */
public final class ColumnBlock {

    private final int[] rows;
    private final int[] offsets;
    private final Values[] layers;

    /** @param offsets feature {@code f} has the entries {@code [offsets[f], offsets[f + 1])} */
    ColumnBlock(int[] rows, int[] offsets, Values[] layers) {
        this.rows = rows;
        this.offsets = offsets;
        this.layers = layers;
    }

    /** Number of features. */
    public int features() {
        return offsets.length - 1;
    }

    /** Where a feature's entries start in {@link #rows} and in each layer. */
    public int offset(int feature) {
        return offsets[feature];
    }

    /** Number of cells that have an entry of the feature. */
    public int length(int feature) {
        return offsets[feature + 1] - offsets[feature];
    }

    /** Number of entries of all features. */
    public int entries() {
        return offsets[offsets.length - 1];
    }

    /** Row numbers of cells in their group ({@code zarr_row}), ascending within a feature, each once. */
    public int[] rows() {
        return rows;
    }

    /** The values of a requested layer, of the type of its {@link LayerColumn}; null where the group lacks the layer. */
    public Values layer(int layer) {
        return layers[layer];
    }
}
