package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.PointerColumn;
import io.hox.matrix.FeatureAxis;
import io.hox.matrix.LayerColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works out the columns of a read of cells from the snapshot's tables and the options; every wrong name ends here. */
final class CellSchemaBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(CellSchemaBuilder.class);

    private final AtlasView view;
    private final OptionValues options;
    private final String obsTable;
    private final Map<String, List<LayerColumn>> layersBySpace = new HashMap<>();

    CellSchemaBuilder(AtlasView view, OptionValues options, String obsTable) {
        this.view = view;
        this.options = options;
        this.obsTable = obsTable;
    }

    CellSchema build() {
        List<PointerColumn> all = view.pointers(obsTable);
        List<PointerColumn> shown = shown(all);
        List<String> features = options.names(HoxOptions.FEATURES);
        Map<String, FeatureAxis> pinned = features == null
                ? Map.of()
                : new PinnedFeatures(view, features, options.text(HoxOptions.FEATURE_KEY)).bySpace(shown, all != shown);
        List<String> layers = options.names(HoxOptions.LAYERS);
        List<PointerField> fields = new ArrayList<>();
        for (PointerColumn pointer : shown) {
            FeatureSpace space = view.space(pointer.featureSpace());
            if (features == null || pinned.containsKey(space.name())) {
                FeatureAxis axis = pinned.getOrDefault(space.name(), FeatureAxis.everything());
                fields.add(new PointerField(pointer, space, chosen(layers, space), axis));
            }
        }
        checkLayers(layers, fields);
        return new CellSchema(obs(all), fields);
    }

    /** The pointer columns that the option fields names; the very list of all when it is not set. */
    private List<PointerColumn> shown(List<PointerColumn> all) {
        List<String> names = options.names(HoxOptions.FIELDS);
        if (names == null) {
            return all;
        }
        List<PointerColumn> shown = new ArrayList<>();
        for (PointerColumn pointer : all) {
            if (names.remove(pointer.name())) {
                shown.add(pointer);
            }
        }
        if (!names.isEmpty()) {
            // Throws, and lists the columns that exist.
            view.pointer(obsTable, names.get(0));
        }
        return shown;
    }

    private List<ObsField> obs(List<PointerColumn> pointers) {
        Set<String> pointerNames = new LinkedHashSet<>();
        pointers.forEach(pointer -> pointerNames.add(pointer.name()));
        List<ObsField> obs = new ArrayList<>();
        for (Field field : view.obs(obsTable).schema().getFields()) {
            if (pointerNames.contains(field.getName())) {
                continue;
            }
            org.apache.spark.sql.types.DataType type = SparkTypes.of(field);
            if (type == null) {
                LOG.warn("hox leaves out column {}: Spark has no type for {}", field.getName(), field.getType());
            } else {
                obs.add(new ObsField(field, type));
            }
        }
        return obs;
    }

    private List<LayerColumn> chosen(List<String> names, FeatureSpace space) {
        List<LayerColumn> chosen = new ArrayList<>();
        for (LayerColumn layer : layers(space)) {
            if (names == null || names.contains(layer.name())) {
                chosen.add(layer);
            }
        }
        return chosen;
    }

    private List<LayerColumn> layers(FeatureSpace space) {
        return layersBySpace.computeIfAbsent(space.name(), name -> findLayers(space));
    }

    private List<LayerColumn> findLayers(FeatureSpace space) {
        List<LayerColumn> layers = new ArrayList<>();
        for (LayerColumn layer : SpaceLayers.of(view, space)) {
            if (PointerStruct.isReserved(layer.name())) {
                LOG.warn("hox leaves out layer {}: the name is taken by a part of the pointer", layer.name());
            } else {
                layers.add(layer);
            }
        }
        return layers;
    }

    private void checkLayers(List<String> names, List<PointerField> fields) {
        if (names == null) {
            return;
        }
        Set<String> available = new LinkedHashSet<>();
        for (PointerField field : fields) {
            layers(field.space()).forEach(layer -> available.add(layer.name()));
        }
        for (String name : names) {
            if (!available.contains(name)) {
                throw new HoxException("no layer '" + name + "' in the columns that are read ("
                        + String.join(
                                ", ",
                                fields.stream()
                                        .map(field -> field.pointer().name())
                                        .toList())
                        + "); their layers are " + String.join(", ", available));
            }
        }
    }
}
