package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.zarr.ZarrHierarchy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;

/** Adds rows to the dataset table, after what they say has been checked, and takes them away. */
final class DatasetRegistration {
    private static final String ROWS = "n_rows";

    private DatasetRegistration() {}

    /**
     * Adds rows, all in one commit; those that are there already are left out.
     *
     * @param spaces the feature spaces that are known
     * @param rows each with the cells in the group, for dataset tables that have a column for it
     */
    static void register(LanceTable datasets, FeatureSpaces spaces, ZarrHierarchy zarr, Map<DatasetRow, Long> rows) {
        rows.keySet().forEach(row -> check(datasets, spaces.find(row.featureSpace()), zarr, row));
        Retries.run(datasets, "register datasets", () -> {
            Datasets known = Datasets.read(datasets, Generation.G2);
            Map<DatasetRow, Long> added = new LinkedHashMap<>(rows);
            added.keySet().removeIf(row -> isRegistered(known, row));
            if (!added.isEmpty()) {
                insert(datasets, added);
            }
            return null;
        });
    }

    private static void check(LanceTable datasets, FeatureSpace space, ZarrHierarchy zarr, DatasetRow row) {
        ZarrGroups.check(row.zarrGroup(), datasets.name());
        if (space != null && space.hasFeatures() == row.layoutUid().isEmpty()) {
            throw new HoxException("the dataset " + row.datasetUid() + " "
                    + (space.hasFeatures() ? "needs" : "can't have") + " a layout in the feature space '" + space.name()
                    + "'");
        }
        if (!zarr.groupExists(row.zarrGroup())) {
            throw new HoxException("the Zarr group '" + row.zarrGroup() + "' does not exist in "
                    + zarr.store().uri() + "; write the arrays before the dataset is registered");
        }
    }

    /** @return how many rows were removed */
    static long remove(LanceTable datasets, String column, String value) {
        String filter = LanceSql.column(column) + " = " + LanceSql.literal(value);
        return Retries.run(
                datasets,
                "remove rows of the dataset table",
                () -> datasets.hasRows(filter, null) ? datasets.change(filter, List.of()) : 0);
    }

    private static boolean isRegistered(Datasets datasets, DatasetRow row) {
        for (DatasetRow known : datasets.ofGroup(row.zarrGroup())) {
            if (known.datasetUid().equals(row.datasetUid())
                    && known.featureSpace().equals(row.featureSpace())
                    && known.layoutUid().equals(row.layoutUid())) {
                return true;
            }
            throw new HoxException("the Zarr group '" + row.zarrGroup() + "' belongs to the dataset "
                    + known.datasetUid() + " already; choose another group");
        }
        return false;
    }

    private static void insert(LanceTable datasets, Map<DatasetRow, Long> added) {
        boolean counts =
                datasets.schema().getFields().stream().map(Field::getName).anyMatch(ROWS::equals);
        List<Map<String, Object>> rows = new ArrayList<>();
        added.forEach((row, cells) -> {
            Map<String, Object> values = new HashMap<>(row.extra());
            if (counts) {
                values.putIfAbsent(ROWS, cells);
            }
            values.put("dataset_uid", row.datasetUid());
            values.put("zarr_group", row.zarrGroup());
            values.put("feature_space", row.featureSpace());
            values.put("layout_uid", row.layoutUid());
            values.put("created_at", row.createdAt() == null ? SnapshotRecord.now() : row.createdAt());
            rows.add(values);
        });
        try (VectorSchemaRoot batch = TableRows.of(datasets.schema(), rows, datasets.name())) {
            datasets.append(batch);
        }
    }
}
