package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.matrix.LayerConversion;
import io.hox.zarr.Values;
import java.util.ArrayList;
import java.util.List;

/** Brings entries into the form that is stored: positions for indices, ascending; repeated ones summed; stored types. */
final class EntryNormaliser {
    private final FieldInput input;
    private final List<LayerConversion> conversions = new ArrayList<>();

    EntryNormaliser(FieldInput input) {
        this.input = input;
        for (LayerInput layer : input.layers()) {
            conversions.add(new LayerConversion(
                    "column " + input.name(),
                    layer.name(),
                    layer.type(),
                    "a column called log_normalized, for example"));
        }
    }

    /** @param cell names the cell in messages */
    CellData normalise(Entries entries, String cell) {
        Measured measured = input.measured();
        int set = measured.setOf(entries.group());
        if (set == Measured.NONE) {
            throw new HoxException(
                    cell + " comes from the group " + entries.group() + ", which the atlas that the option"
                            + " featuresFrom names does not have in its latest snapshot. Name the atlas that the cells were read"
                            + " from, or the features with the option features");
        }
        int[] indices = entries.indices();
        int[] positions = new int[indices.length];
        boolean ascending = true;
        for (int i = 0; i < indices.length; i++) {
            positions[i] = measured.position(set, indices[i]);
            if (positions[i] == Measured.NONE) {
                throw new HoxException(cell + " has a value for the feature index " + indices[i] + " of " + input.name()
                        + ", which is not one of the " + measured.features(set)
                        + " measured features. Correct the index, or the option features");
            }
            ascending &= i == 0 || positions[i - 1] < positions[i];
        }
        Values[] values = entries.layers();
        EntryOrder order = ascending ? null : EntryOrder.of(positions);
        if (order != null) {
            positions = order.distinct();
        }
        Values[] stored = new Values[values.length];
        long layers = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                layers |= 1L << i;
                stored[i] = convert(i, order, values[i], indices, cell);
            }
        }
        return new CellData(set, layers, positions, stored);
    }

    private Values convert(int layer, EntryOrder order, Values values, int[] indices, String cell) {
        if (order == null) {
            return conversions.get(layer).convert(values, entry -> cell + ", feature index " + indices[entry]);
        }
        Values summed = sum(order, values, cell);
        return conversions.get(layer).convert(summed, entry -> cell + ", feature index " + indices[order.first(entry)]);
    }

    private static Values sum(EntryOrder order, Values values, String cell) {
        try {
            return order.sum(values);
        } catch (ArithmeticException e) {
            throw new HoxException(
                    cell + " has several values for one feature, and their sum is beyond 64 bits. Correct them", e);
        }
    }
}
