package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureColumn;
import io.hox.atlas.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Registry rows for features that an atlas does not have yet. */
final class NewFeatures {
    private static final Set<String> COMMON = Set.of("uid", "global_index");
    private static final int SHOWN = 3;

    private final AtlasWriter atlas;

    NewFeatures(AtlasWriter atlas) {
        this.atlas = atlas;
    }

    /**
     * Rows of the features that the registry lacks, by uid.
     *
     * @param registry where the features come from, whose columns are taken over; null when only uids are known
     * @throws HoxException when the registry requires a value that is not there
     */
    Map<String, Map<String, Object>> missing(String space, List<List<String>> uids, Registry registry) {
        Set<String> known = atlas.featureUids(space);
        Schema schema = atlas.registrySchema(space);
        Map<String, Map<String, Object>> missing = new LinkedHashMap<>();
        for (List<String> set : uids) {
            for (String uid : set) {
                if (!known.contains(uid) && !missing.containsKey(uid)) {
                    missing.put(uid, row(schema, uid, registry));
                }
            }
        }
        requireComplete(space, schema, missing);
        return missing;
    }

    private static Map<String, Object> row(Schema schema, String uid, Registry registry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("uid", uid);
        int from = registry == null ? -1 : registry.rowOf(uid);
        if (from >= 0) {
            for (FeatureColumn column : registry.columns()) {
                Field field = schema.getFields().stream()
                        .filter(f -> f.getName().equals(column.name()))
                        .findFirst()
                        .orElse(null);
                if (field != null && fits(column.type(), field.getType()) && !column.isNull(from)) {
                    row.put(column.name(), column.value(from));
                }
            }
        }
        return row;
    }

    private static boolean fits(FeatureColumn.Type type, ArrowType target) {
        return switch (type) {
            case TEXT -> target instanceof ArrowType.Utf8;
            case INTEGER -> target instanceof ArrowType.Int whole && whole.getBitWidth() == Long.SIZE;
            case FLOAT -> target instanceof ArrowType.FloatingPoint;
            case BOOLEAN -> target instanceof ArrowType.Bool;
        };
    }

    private static void requireComplete(String space, Schema schema, Map<String, Map<String, Object>> missing) {
        for (Field field : schema.getFields()) {
            if (field.isNullable() || COMMON.contains(field.getName())) {
                continue;
            }
            for (Map<String, Object> row : missing.values()) {
                if (!row.containsKey(field.getName())) {
                    throw new HoxException(
                            missing.size() + " features are not in the registry of feature space " + space
                                    + ", among them "
                                    + missing.keySet().stream().limit(SHOWN).toList()
                                    + ", and a new feature needs a value of " + field.getName()
                                    + ". Check the uids, or register the features first, for example with 'hox ingest'");
                }
            }
        }
    }
}
