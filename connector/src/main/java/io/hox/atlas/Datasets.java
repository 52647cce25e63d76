package io.hox.atlas;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.lance.LanceTable;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The rows of the dataset table in memory. */
final class Datasets {
    private static final String GROUP = "zarr_group";
    private static final String SPACE = "feature_space";
    private static final String LAYOUT = "layout_uid";
    private static final String CREATED = "created_at";

    /** A row's texts with their objects, and its places in list and map. */
    private static final long ROW_BYTES = 800;

    private final String where;
    private final List<DatasetRow> rows;
    private final Map<String, List<DatasetRow>> byGroup = new LinkedHashMap<>();

    private Datasets(String where, List<DatasetRow> rows) {
        this.where = where;
        this.rows = Collections.unmodifiableList(rows);
        for (DatasetRow row : rows) {
            byGroup.computeIfAbsent(row.zarrGroup(), ignored -> new ArrayList<>())
                    .add(row);
        }
    }

    static Datasets read(LanceTable table, Generation generation) {
        String key = generation == Generation.G1 ? "uid" : "dataset_uid";
        List<DatasetRow> rows = new ArrayList<>();
        try (LanceScan scan = table.scan(ScanRequest.ALL)) {
            while (scan.next()) {
                VectorSchemaRoot batch = scan.batch();
                for (int i = 0; i < batch.getRowCount(); i++) {
                    rows.add(row(scan, key, i, table.uri()));
                }
            }
        }
        return new Datasets(table.uri(), rows);
    }

    private static DatasetRow row(LanceScan scan, String key, int row, String where) {
        Map<String, Object> extra = new LinkedHashMap<>();
        Map<String, String> base = new LinkedHashMap<>();
        for (FieldVector vector : scan.batch().getFieldVectors()) {
            String name = vector.getName();
            if (name.equals(key)
                    || name.equals(GROUP)
                    || name.equals(SPACE)
                    || name.equals(LAYOUT)
                    || name.equals(CREATED)) {
                base.put(name, ArrowValues.text(vector, row));
            } else {
                extra.put(name, ArrowValues.value(scan, vector, row));
            }
        }
        for (String required : List.of(key, GROUP, SPACE)) {
            if (base.get(required) == null) {
                throw new HoxException("the dataset table " + where + " has "
                        + (base.containsKey(required) ? "a row without " : "no column ") + required
                        + "; it can't say which numbers belong to which dataset");
            }
        }
        String layout = base.get(LAYOUT);
        return new DatasetRow(
                base.get(key),
                base.get(GROUP),
                base.get(SPACE),
                layout == null ? "" : layout,
                base.get(CREATED),
                Collections.unmodifiableMap(extra));
    }

    /** Memory held, about. */
    long bytes() {
        return rows.size() * ROW_BYTES;
    }

    List<DatasetRow> all() {
        return rows;
    }

    List<DatasetRow> ofSpace(String featureSpace) {
        List<DatasetRow> found = new ArrayList<>();
        for (DatasetRow row : rows) {
            if (row.featureSpace().equals(featureSpace)) {
                found.add(row);
            }
        }
        return found;
    }

    List<DatasetRow> ofGroup(String zarrGroup) {
        return Collections.unmodifiableList(byGroup.getOrDefault(zarrGroup, List.of()));
    }

    /** Nothing keeps a group from being registered twice; that does no harm while all rows name one layout. */
    DatasetRow one(String featureSpace, String zarrGroup) {
        DatasetRow found = null;
        for (DatasetRow row : ofGroup(zarrGroup)) {
            if (!row.featureSpace().equals(featureSpace)) {
                continue;
            }
            if (found != null && !found.layoutUid().equals(row.layoutUid())) {
                throw new HoxException("the Zarr group '" + zarrGroup + "' is registered with two layouts, "
                        + found.layoutUid() + " and " + row.layoutUid() + ", in " + where
                        + ": what its columns mean is not decidable. Delete the wrong row");
            }
            found = found == null ? row : found;
        }
        if (found == null) {
            throw new HoxException("cells point to the Zarr group '" + zarrGroup + "' of feature space '" + featureSpace
                    + "', which " + where + " does not list at this version. Run 'hox validate' on the atlas");
        }
        return found;
    }
}
