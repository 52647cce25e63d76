package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** Adds features to registries and layouts of features: rows whose key is missing, so that a repetition changes nothing. */
final class FeatureRegistration {
    private static final int SHOWN = 5;

    private FeatureRegistration() {}

    /** @return how many of the features were new */
    static long register(LanceTable registry, List<? extends Map<String, ?>> features) {
        Map<String, Map<String, ?>> byUid = new LinkedHashMap<>();
        List<Field> columns = registry.schema().getFields();
        for (Map<String, ?> feature : features) {
            Object uid = feature.get(Registry.UID);
            if (uid == null || uid.toString().isEmpty()) {
                throw new HoxException("a feature for " + registry.uri() + " has no uid: " + feature);
            }
            if (feature.get(Registry.GLOBAL_INDEX) != null) {
                throw new HoxException("the feature " + uid + " for " + registry.uri()
                        + " has a global_index; leave it out, 'hox optimize' numbers the features");
            }
            for (String name : feature.keySet()) {
                if (columns.stream().noneMatch(f -> f.getName().equals(name))) {
                    throw new HoxException("the registry " + registry.uri() + " has no column '" + name
                            + "'; its columns are "
                            + columns.stream().map(Field::getName).toList());
                }
            }
            byUid.putIfAbsent(uid.toString(), feature);
        }
        return Retries.run(registry, "register " + byUid.size() + " features", () -> {
            byUid.keySet().removeAll(globalIndexes(registry).keySet());
            insert(registry, List.copyOf(byUid.values()));
            return (long) byUid.size();
        });
    }

    /** @return the layout's uid */
    static String registerLayout(LanceTable layouts, LanceTable registry, List<String> featureUids) {
        Map<String, Long> registered = globalIndexes(registry);
        Set<String> seen = new HashSet<>();
        Set<String> missing = new TreeSet<>();
        for (String uid : featureUids) {
            if (!seen.add(uid)) {
                throw new HoxException("the feature " + uid + " occurs twice in one dataset; sum its columns first");
            }
            if (!registered.containsKey(uid)) {
                missing.add(uid);
            }
        }
        if (!missing.isEmpty()) {
            throw new HoxException(missing.size() + " features of the dataset are not in the registry " + registry.uri()
                    + ", among them " + missing.stream().limit(SHOWN).toList() + "; register them first");
        }
        String layout = Uids.layout(featureUids);
        Retries.run(layouts, "register the layout " + layout, () -> {
            Set<String> present = featuresOf(layouts, layout);
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = 0; i < featureUids.size(); i++) {
                if (!present.contains(featureUids.get(i))) {
                    Map<String, Object> row = new HashMap<>();
                    row.put("layout_uid", layout);
                    row.put("feature_uid", featureUids.get(i));
                    row.put("local_index", (long) i);
                    row.put(Registry.GLOBAL_INDEX, registered.get(featureUids.get(i)));
                    rows.add(row);
                }
            }
            insert(layouts, rows);
            return null;
        });
        return layout;
    }

    private static void insert(LanceTable table, List<? extends Map<String, ?>> rows) {
        if (!rows.isEmpty()) {
            try (VectorSchemaRoot batch = TableRows.of(table.schema(), rows, table.name())) {
                table.append(batch);
            }
        }
    }

    private static Set<String> featuresOf(LanceTable layouts, String layout) {
        Set<String> features = new HashSet<>();
        String filter = LanceSql.column("layout_uid") + " = " + LanceSql.literal(layout);
        try (LanceScan scan =
                layouts.scan(ScanRequest.ALL.withColumns("feature_uid").withFilter(filter))) {
            while (scan.next()) {
                FieldVector uids = scan.batch().getVector("feature_uid");
                for (int row = 0; row < scan.batch().getRowCount(); row++) {
                    features.add(ArrowValues.text(uids, row));
                }
            }
        }
        return features;
    }

    /** Every uid of a registry; null where the feature has no number yet. */
    static Map<String, Long> globalIndexes(LanceTable registry) {
        Map<String, Long> indexes = new HashMap<>();
        try (LanceScan scan = registry.scan(ScanRequest.ALL.withColumns(Registry.UID, Registry.GLOBAL_INDEX))) {
            while (scan.next()) {
                FieldVector uids = scan.batch().getVector(Registry.UID);
                FieldVector numbers = scan.batch().getVector(Registry.GLOBAL_INDEX);
                for (int row = 0; row < scan.batch().getRowCount(); row++) {
                    Long index = numbers.isNull(row) ? null : (Long) ArrowValues.integer(numbers, row);
                    indexes.merge(ArrowValues.text(uids, row), index == null ? -1L : index, Math::max);
                }
            }
        }
        indexes.replaceAll((uid, index) -> index < 0 ? null : index);
        return indexes;
    }
}
