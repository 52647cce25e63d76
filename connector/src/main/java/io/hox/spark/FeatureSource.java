package io.hox.spark;

import io.hox.matrix.ArrayPaths;
import io.hox.matrix.ColumnPaths;
import io.hox.matrix.GroupCells;
import io.hox.matrix.LayerColumn;
import java.io.Serializable;
import java.util.List;

/**
 * Where a read of features finds the cells of a feature space and their numbers.
 *
 * @param places the pointer columns of the chosen tables that lead to the space
 * @param paths where the numbers are; null when the space holds no matrix
 * @param copies where groups may have feature-major copies; null where the space knows none
 * @param layers the space's layers among the columns, in the columns' types
 */
record FeatureSource(List<GroupCells.Place> places, ArrayPaths paths, ColumnPaths copies, List<LayerColumn> layers)
        implements Serializable {

    FeatureSource {
        places = List.copyOf(places);
        layers = List.copyOf(layers);
    }

    /** With those layers only that are among the names. */
    FeatureSource withLayers(List<String> names) {
        return new FeatureSource(
                places,
                paths,
                copies,
                layers.stream().filter(layer -> names.contains(layer.name())).toList());
    }

    /** Decoded bytes of an entry. */
    long bytesPerEntry() {
        long bytes = Integer.BYTES;
        for (LayerColumn layer : layers) {
            bytes += layer.type().bytes();
        }
        return bytes;
    }
}
