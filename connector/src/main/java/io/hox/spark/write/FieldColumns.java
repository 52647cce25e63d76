package io.hox.spark.write;

import io.hox.HoxException;
import io.hox.atlas.AtlasWriter;
import io.hox.atlas.FeatureSpace;
import io.hox.atlas.KnownSpaces;
import io.hox.atlas.PointerColumn;
import io.hox.spark.write.FieldInput.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** Finds the columns of a DataFrame that hold the numbers of cells, in each of the three forms. */
final class FieldColumns {
    /** Children of a pointer that say where the numbers were, which is not where they will be. */
    private static final Set<String> PLACE = Set.of("zarr_row", "start", "end", "position");

    private static final List<String> VECTOR = List.of("type", "size", "indices", "values");
    /** Layers of a cell are told by the bits of a long. */
    private static final int MAX_LAYERS = 63;

    private final AppendRequest request;
    private final AtlasWriter atlas;
    private final List<PointerColumn> pointers;
    private final Set<String> obsColumns;
    private final StructType schema;
    private final Set<Integer> used = new HashSet<>();

    FieldColumns(
            AppendRequest request,
            AtlasWriter atlas,
            List<PointerColumn> pointers,
            Set<String> obsColumns,
            StructType schema) {
        this.request = request;
        this.atlas = atlas;
        this.pointers = pointers;
        this.obsColumns = obsColumns;
        this.schema = schema;
    }

    /** The columns that {@link #find} took. */
    Set<Integer> used() {
        return used;
    }

    List<FieldInput> find() {
        List<FieldInput> found = new ArrayList<>();
        for (PointerColumn pointer : pointers) {
            int ordinal = ordinal(pointer.name());
            if (ordinal >= 0 && KnownSpaces.of(atlas, pointer).isMatrix()) {
                found.add(struct(pointer, ordinal));
                used.add(ordinal);
            }
        }
        if (request.vector() != null) {
            found.add(vector(FreePointer.find(request, atlas, pointers, found)));
        } else if (ordinal(FieldInput.INDICES) >= 0 && !obsColumns.contains(FieldInput.INDICES)) {
            found.add(columns(FreePointer.find(request, atlas, pointers, found)));
        }
        return found;
    }

    private FieldInput struct(PointerColumn pointer, int ordinal) {
        String name = pointer.name();
        FeatureSpace space = KnownSpaces.of(atlas, pointer);
        if (!(schema.fields()[ordinal].dataType() instanceof StructType struct)
                || !List.of(struct.fieldNames()).contains(FieldInput.INDICES)) {
            throw new HoxException(
                    "column " + name + " is a pointer column of the atlas, so it must be a struct of indices"
                            + " and one array a layer, not "
                            + schema.fields()[ordinal].dataType().simpleString());
        }
        int group = -1;
        List<LayerInput> layers = new ArrayList<>();
        for (int i = 0; i < struct.length(); i++) {
            StructField child = struct.fields()[i];
            if (child.name().equals(FieldInput.GROUP) && child.dataType().equals(DataTypes.StringType)) {
                group = i;
            } else if (!child.name().equals(FieldInput.INDICES) && !PLACE.contains(child.name())) {
                layers.add(layer(space, child, i, name + "." + child.name()));
            }
        }
        int indices = struct.fieldIndex(FieldInput.INDICES);
        DataType type = indexType(struct.fields()[indices].dataType(), name + "." + FieldInput.INDICES);
        return complete(new FieldInput(
                pointer, space, Form.STRUCT, ordinal, struct.length(), group, indices, type, layers, null));
    }

    private FieldInput columns(PointerColumn pointer) {
        FeatureSpace space = KnownSpaces.of(atlas, pointer);
        int indices = ordinal(FieldInput.INDICES);
        used.add(indices);
        List<LayerInput> layers = new ArrayList<>();
        for (int i = 0; i < schema.length(); i++) {
            StructField column = schema.fields()[i];
            boolean layer = space.layer(column.name()) != null || space.openLayers();
            if (i != indices
                    && layer
                    && ArrayValues.isNumeric(column.dataType())
                    && !obsColumns.contains(column.name())) {
                layers.add(layer(space, column, i, column.name()));
                used.add(i);
            }
        }
        DataType type = indexType(schema.fields()[indices].dataType(), FieldInput.INDICES);
        return complete(new FieldInput(pointer, space, Form.COLUMNS, -1, 0, -1, indices, type, layers, null));
    }

    private FieldInput vector(PointerColumn pointer) {
        FeatureSpace space = KnownSpaces.of(atlas, pointer);
        int ordinal = ordinal(request.vector());
        if (ordinal < 0) {
            throw new HoxException("option vector is [" + request.vector()
                    + "], but the DataFrame has no such column; it has " + List.of(schema.fieldNames()));
        }
        DataType type = schema.fields()[ordinal].dataType();
        boolean vector = type instanceof UserDefinedType<?> own
                && own.sqlType() instanceof StructType struct
                && List.of(struct.fieldNames()).equals(VECTOR);
        if (!vector) {
            throw new HoxException("option vector: column " + request.vector() + " holds " + type.simpleString()
                    + ", not ML vectors (pyspark.ml.linalg.Vector)");
        }
        used.add(ordinal);
        String layer = request.layer();
        if (layer == null) {
            if (space.defaultLayers().isEmpty()) {
                throw new HoxException("which layer do the vectors of " + request.vector() + " become? Name it with"
                        + " option(\"layer\", NAME)");
            }
            layer = space.defaultLayers().get(0);
        }
        List<LayerInput> layers = List.of(LayerInput.of(space, layer, -1, DataTypes.DoubleType));
        return complete(
                new FieldInput(pointer, space, Form.VECTOR, ordinal, 0, -1, -1, DataTypes.IntegerType, layers, null));
    }

    private LayerInput layer(FeatureSpace space, StructField column, int ordinal, String name) {
        if (!ArrayValues.isNumeric(column.dataType())) {
            throw new HoxException("column " + name + " holds "
                    + column.dataType().simpleString() + "; a layer is an array of numbers, one for each index");
        }
        return LayerInput.of(space, column.name(), ordinal, ((ArrayType) column.dataType()).elementType());
    }

    private static DataType indexType(DataType type, String name) {
        if (!ArrayValues.isIndices(type)) {
            throw new HoxException(
                    "column " + name + " holds " + type.simpleString() + "; indices are an array of int");
        }
        return ((ArrayType) type).elementType();
    }

    private static FieldInput complete(FieldInput field) {
        List<String> given = field.layers().stream().map(LayerInput::name).toList();
        for (String required : field.space().defaultLayers()) {
            if (!given.contains(required)) {
                throw new HoxException("feature space " + field.space().name() + " requires layer " + required
                        + ", but " + field.name() + " is given " + (given.isEmpty() ? "none" : given));
            }
        }
        if (given.isEmpty() || given.size() > MAX_LAYERS) {
            throw new HoxException(field.name() + " is given " + given.size() + " layers; it takes 1 to " + MAX_LAYERS);
        }
        return field;
    }

    private int ordinal(String column) {
        return List.of(schema.fieldNames()).indexOf(column);
    }
}
