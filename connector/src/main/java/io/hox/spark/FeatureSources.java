package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.PointerColumn;
import io.hox.atlas.Promotion;
import io.hox.atlas.Registry;
import io.hox.matrix.ArrayPaths;
import io.hox.matrix.ColumnPaths;
import io.hox.matrix.ColumnTypes;
import io.hox.matrix.GroupCells;
import io.hox.matrix.LayerColumn;
import io.hox.zarr.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out where a read of features has the cells and numbers of each space. */
final class FeatureSources {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureSources.class);

    private final AtlasView view;
    private final List<String> chosen;
    private final Map<String, Registry> registries;

    /** @param registries of the spaces that are read */
    FeatureSources(AtlasView view, OptionValues options, Map<String, Registry> registries) {
        this.view = view;
        this.chosen = options.names(HoxOptions.LAYERS);
        this.registries = registries;
    }

    /**
     * By feature space. Layers of the same name get a type that fits all of them.
     *
     * @param pointers the chosen pointer columns, by table
     * @throws HoxException when the option layers names one that no space has
     */
    Map<String, FeatureSource> of(Map<String, List<PointerColumn>> pointers) {
        Map<String, List<LayerColumn>> layers = new LinkedHashMap<>();
        Map<String, DataType> types = new LinkedHashMap<>();
        for (String space : registries.keySet()) {
            layers.put(space, layers(view.space(space)));
            for (LayerColumn layer : layers.get(space)) {
                types.merge(layer.name(), layer.type(), Promotion::common);
            }
        }
        for (String name : chosen == null ? List.<String>of() : chosen) {
            if (!types.containsKey(name)) {
                throw new HoxException("no layer '" + name + "' in the feature spaces that are read ("
                        + String.join(", ", registries.keySet()) + ")");
            }
        }
        Map<String, FeatureSource> sources = new LinkedHashMap<>();
        layers.forEach((name, own) -> {
            FeatureSpace space = view.space(name);
            List<LayerColumn> columns = own.stream()
                    .map(layer -> new LayerColumn(layer.name(), ColumnTypes.of(types.get(layer.name()))))
                    .toList();
            ArrayPaths paths = space.isMatrix() ? ArrayPaths.of(space) : null;
            sources.put(name, new FeatureSource(places(name, pointers), paths, ColumnPaths.of(space), columns));
        });
        return sources;
    }

    private static List<GroupCells.Place> places(String space, Map<String, List<PointerColumn>> pointers) {
        List<GroupCells.Place> places = new ArrayList<>();
        pointers.forEach((table, columns) -> {
            for (PointerColumn column : columns) {
                if (column.featureSpace().equals(space)) {
                    places.add(new GroupCells.Place(table, column.name()));
                }
            }
        });
        return places;
    }

    private List<LayerColumn> layers(FeatureSpace space) {
        List<LayerColumn> layers = new ArrayList<>();
        for (LayerColumn layer : SpaceLayers.of(view, space)) {
            if (!FeatureColumns.isFree(layer.name(), registries.values())) {
                LOG.warn("hox leaves out layer {}: another column of features has the name", layer.name());
            } else if (chosen == null || chosen.contains(layer.name())) {
                layers.add(layer);
            }
        }
        return layers;
    }
}
