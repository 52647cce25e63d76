package io.hox.matrix;

import io.hox.HoxException;

/** The errors about single values. */
final class Misfit {

    private Misfit() {}

    /** A stored value beyond the range of its column. */
    static HoxException value(String cell, LayerColumn column, int feature, String value) {
        return new HoxException(cell + ": layer '" + column.name() + "' has the value " + value
                + " at the feature with global index " + feature + ", beyond the largest "
                + column.type().zarrName() + " (columns have no unsigned types): leave the layer, the cell or the"
                + " feature out of the read");
    }

    /** A sum of repeated entries beyond the range of its column. */
    static HoxException sum(String cell, LayerColumn column, int feature) {
        return new HoxException(cell + ": the repeated entries of layer '" + column.name()
                + "' at the feature with global index " + feature + " add up to a value beyond the range of "
                + column.type().zarrName() + ": leave the layer, the cell or the feature out of the read");
    }
}
