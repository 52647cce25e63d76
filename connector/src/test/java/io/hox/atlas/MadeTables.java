package io.hox.atlas;

import io.hox.lance.LanceDatabase;
import io.hox.lance.LanceRuntime;
import io.hox.lance.LanceTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Small real Lance tables of texts and integers, to make atlases that no correct writer would leave. */
final class MadeTables {
    private static final String VERSIONS = "version obs_table_versions dataset_table_name dataset_table_version"
            + " registry_table_names registry_table_versions feature_layouts_table_version total_rows created_at";

    private final LanceDatabase database;

    MadeTables(Path root) {
        database = LanceDatabase.open(root.resolve("lance_db").toString(), Map.of());
    }

    /** Makes a table; the first row decides the types. Returns its version. */
    long table(String name, String columns, Object[]... rows) {
        String[] names = columns.split(" ");
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            boolean text = rows.length == 0 || rows[0][i] instanceof String;
            fields.add(new Field(
                    names[i], FieldType.nullable(text ? ArrowType.Utf8.INSTANCE : new ArrowType.Int(64, true)), null));
        }
        Schema schema = new Schema(fields);
        try (LanceTable table = database.create(name, schema);
                VectorSchemaRoot batch = VectorSchemaRoot.create(schema, LanceRuntime.allocator())) {
            for (int row = 0; row < rows.length; row++) {
                for (int i = 0; i < names.length; i++) {
                    set(batch.getVector(i), row, rows[row][i]);
                }
            }
            batch.setRowCount(rows.length);
            if (rows.length > 0) {
                table.append(batch);
            }
            return table.version();
        }
    }

    private static void set(FieldVector vector, int row, Object value) {
        if (value == null) {
            vector.setNull(row);
        } else if (vector instanceof VarCharVector texts) {
            texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
        } else {
            ((BigIntVector) vector).setSafe(row, ((Number) value).longValue());
        }
    }

    void layouts(Object[]... rows) {
        table("_feature_layouts", "layout_uid feature_uid local_index global_index", rows);
    }

    void registry(Object[]... rows) {
        table("genes", "uid global_index symbol ensembl length", rows);
    }

    void datasets(Object[]... rows) {
        table("datasets", "dataset_uid zarr_group feature_space layout_uid created_at", rows);
    }

    /** Records versions that all see the tables as they were made. */
    void versions(long... versions) {
        Object[][] rows = new Object[versions.length][];
        for (int i = 0; i < versions.length; i++) {
            rows[i] = version(versions[i], "{\"cells\": 2}", "row " + i);
        }
        table("atlas_versions", VERSIONS, rows);
    }

    void versionTable(String name, Object[]... rows) {
        table(name, VERSIONS, rows);
    }

    static Object[] version(long version, String obsTables, String createdAt) {
        return new Object[] {
            version,
            obsTables,
            "datasets",
            2L,
            "{\"gene_expression\": \"genes\"}",
            "{\"gene_expression\": 2}",
            2L,
            0L,
            createdAt
        };
    }

    static Object[] row(Object... values) {
        return values;
    }
}
