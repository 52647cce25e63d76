package io.hox.ingest;

import io.hox.HoxException;
import io.hox.atlas.Encoding;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.LayerSpec;
import io.hox.source.Matrix;
import io.hox.source.Modality;
import io.hox.zarr.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides which matrices of a modality become which layers, and of what type. */
final class LayerPlans {
    private LayerPlans() {}

    /** @param wanted matrix to layer; empty for X into the space's required layer */
    static List<LayerPlan> of(String name, Modality source, FeatureSpace space, Map<String, String> wanted) {
        Map<String, String> mapping = wanted.isEmpty() ? defaults(space) : wanted;
        requireDistinctAndComplete(space, mapping);
        List<LayerPlan> plans = new ArrayList<>();
        for (Map.Entry<String, String> entry : mapping.entrySet()) {
            LayerSpec spec = space.requireLayer(entry.getValue());
            Matrix matrix = source.matrix(entry.getKey());
            plans.add(plan(entry.getKey(), entry.getValue(), spec, matrix.type()));
        }
        requireOneVar(name, plans);
        requireOneShape(name, source, plans);
        return plans;
    }

    private static Map<String, String> defaults(FeatureSpace space) {
        if (space.defaultLayers().isEmpty()) {
            throw new HoxException("feature space " + space.name()
                    + " does not say which layer a matrix becomes; name it, for example --layer X=counts");
        }
        Map<String, String> mapping = new LinkedHashMap<>();
        mapping.put("X", space.defaultLayers().get(0));
        return mapping;
    }

    private static void requireDistinctAndComplete(FeatureSpace space, Map<String, String> mapping) {
        Set<String> layers = new LinkedHashSet<>();
        for (String layer : mapping.values()) {
            space.requireLayer(layer);
            if (!layers.add(layer)) {
                throw new HoxException("--layer names " + layer + " for two matrices; every layer takes one");
            }
        }
        for (String required : space.defaultLayers()) {
            if (!layers.contains(required)) {
                throw new HoxException("feature space " + space.name() + " requires layer " + required
                        + "; name its matrix as well, for example --layer X=" + required);
            }
        }
    }

    private static LayerPlan plan(String matrix, String layer, LayerSpec spec, DataType stored) {
        if (spec == null || spec.types().isEmpty()) {
            Encoding natural = stored.isFloat() ? Encoding.ZSTD : Encoding.PACKED;
            return new LayerPlan(matrix, layer, stored, stored == DataType.BOOL ? Encoding.ZSTD : natural);
        }
        DataType type = spec.types().contains(stored) ? stored : spec.types().get(0);
        return new LayerPlan(matrix, layer, type, spec.encoding());
    }

    private static void requireOneShape(String name, Modality source, List<LayerPlan> plans) {
        Matrix first = source.matrix(plans.get(0).matrix());
        for (LayerPlan plan : plans) {
            Matrix matrix = source.matrix(plan.matrix());
            if (matrix.columns() != first.columns() || matrix.rows() != first.rows()) {
                throw new HoxException(name + ": " + plan.matrix() + " is " + matrix.rows() + " x " + matrix.columns()
                        + ", but " + first.key() + " is " + first.rows() + " x " + first.columns()
                        + "; layers of one dataset have the same cells and features");
            }
        }
    }

    private static void requireOneVar(String name, List<LayerPlan> plans) {
        String first = plans.get(0).matrix();
        for (LayerPlan plan : plans) {
            if (plan.matrix().startsWith("raw/") != first.startsWith("raw/")) {
                throw new HoxException(name + ": " + first + " and " + plan.matrix()
                        + " have different features (var and raw/var); ingest them as separate datasets");
            }
        }
    }
}
