package io.hox.atlas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Arrow schemas of the tables of a new atlas, as the second generation of the format has them. */
final class AtlasTables {
    static final String LAYOUTS = SnapshotReader.LAYOUTS;
    static final String REGISTRY_SUFFIX = "_registry";
    static final String STABLE_UID_KEY = "homeobox.stable_uid";

    private static final ArrowType UTF8 = new ArrowType.Utf8();
    private static final ArrowType INT64 = new ArrowType.Int(64, true);

    private AtlasTables() {}

    static Schema obs(AtlasSchema.ObsTable table, FeatureSpaces spaces) {
        List<Field> fields = new ArrayList<>(List.of(required("uid", UTF8), required("dataset_uid", UTF8)));
        table.pointers()
                .forEach((column, space) ->
                        fields.add(pointer(column, space, spaces.find(space).kind())));
        addColumns(fields, table.columns(), null);
        return new Schema(fields);
    }

    static Schema datasets(List<ColumnSpec> columns) {
        List<Field> fields = new ArrayList<>();
        for (String name : List.of("dataset_uid", "zarr_group", "feature_space", "layout_uid", "created_at")) {
            fields.add(required(name, UTF8));
        }
        addColumns(fields, columns, null);
        return new Schema(fields);
    }

    static Schema registry(AtlasSchema.RegistryTable registry) {
        List<Field> fields = new ArrayList<>(List.of(required("uid", UTF8), optional("global_index", INT64)));
        addColumns(fields, registry.columns(), registry.stableUid());
        return new Schema(fields);
    }

    static Schema layouts() {
        return new Schema(List.of(
                required("layout_uid", UTF8),
                required("feature_uid", UTF8),
                required("local_index", INT64),
                optional("global_index", INT64)));
    }

    static Schema versions() {
        return new Schema(List.of(
                required("version", INT64),
                required("obs_table_versions", UTF8),
                required("dataset_table_name", UTF8),
                required("dataset_table_version", INT64),
                required("registry_table_names", UTF8),
                required("registry_table_versions", UTF8),
                required("feature_layouts_table_version", INT64),
                required("total_rows", INT64),
                required("created_at", UTF8)));
    }

    private static Field pointer(String column, String space, PointerKind kind) {
        List<Field> children = new ArrayList<>(List.of(optional("zarr_group", UTF8)));
        switch (kind) {
            case SPARSE -> children.addAll(
                    List.of(optional("start", INT64), optional("end", INT64), optional("zarr_row", INT64)));
            case DENSE -> children.add(optional("position", INT64));
            case DISCRETE_SPATIAL -> children.addAll(List.of(corner("min_corner"), corner("max_corner")));
        }
        FieldType type =
                new FieldType(true, new ArrowType.Struct(), null, Map.of(PointerColumns.FEATURE_SPACE_KEY, space));
        return new Field(column, type, children);
    }

    private static Field corner(String name) {
        return new Field(name, FieldType.nullable(new ArrowType.List()), List.of(optional("item", INT64)));
    }

    private static void addColumns(List<Field> fields, List<ColumnSpec> columns, String stableUid) {
        for (ColumnSpec column : columns) {
            Map<String, String> metadata = column.name().equals(stableUid) ? Map.of(STABLE_UID_KEY, "true") : Map.of();
            fields.add(column.field(fields.size(), metadata));
        }
    }

    private static Field required(String name, ArrowType type) {
        return new Field(name, FieldType.notNullable(type), null);
    }

    private static Field optional(String name, ArrowType type) {
        return new Field(name, FieldType.nullable(type), null);
    }
}
