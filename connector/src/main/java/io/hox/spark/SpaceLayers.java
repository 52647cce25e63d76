package io.hox.spark;

import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.LayerSpec;
import io.hox.atlas.LayerType;
import io.hox.atlas.Promotion;
import io.hox.matrix.ColumnTypes;
import io.hox.matrix.LayerColumn;
import io.hox.zarr.DataType;
import java.util.ArrayList;
import java.util.List;

/** The layers that a feature space offers to a read, whatever its columns are called. */
final class SpaceLayers {

    private SpaceLayers() {}

    /** Required ones first; none where cells are no rows of a matrix. */
    static List<LayerColumn> of(AtlasView view, FeatureSpace space) {
        if (!space.isMatrix()) {
            return List.of();
        }
        List<LayerColumn> layers = new ArrayList<>();
        if (isDeclared(space)) {
            for (LayerSpec spec : space.layers()) {
                DataType type = null;
                for (DataType allowed : spec.types()) {
                    type = Promotion.common(type, allowed);
                }
                layers.add(new LayerColumn(spec.name(), ColumnTypes.of(type)));
            }
        } else {
            for (LayerType layer : view.layerTypes(space)) {
                layers.add(LayerColumn.of(layer));
            }
        }
        return layers;
    }

    // A closed space says what its layers are; only where it does not, the groups have to be looked at.
    private static boolean isDeclared(FeatureSpace space) {
        boolean declared = !space.openLayers();
        for (LayerSpec spec : space.layers()) {
            declared &= !spec.types().isEmpty();
        }
        return declared;
    }
}
