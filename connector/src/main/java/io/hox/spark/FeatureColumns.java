package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.FeatureColumn;
import io.hox.atlas.Registry;
import io.hox.matrix.LayerColumn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a read of features: those of the registries, united by name, then where the feature is measured, then
 * the cells that have an entry of it and, for each layer, their values.
 *
 * <p>Local indices are columns of the dataset's matrix. A registry column that has one of the names of the second part is
 * left out; so is a layer that has the name of any other column.
 */
final class FeatureColumns {
    static final String UID = "uid";
    static final String GLOBAL_INDEX = "global_index";
    static final String FEATURE_SPACE = "feature_space";
    static final String DATASET_UID = "dataset_uid";
    static final String ZARR_GROUP = "zarr_group";
    static final String LAYOUT_UID = "layout_uid";
    static final String LOCAL_INDEX = "local_index";

    /** Cells that the snapshot has in the group, whether they have an entry of the feature or not. */
    static final String MEASURED_CELLS = "measured_cells";
    /** The numbers of those cells in the group that have an entry, ascending. */
    static final String CELLS = "cells";

    private static final List<String> PLACE =
            List.of(FEATURE_SPACE, DATASET_UID, ZARR_GROUP, LAYOUT_UID, LOCAL_INDEX, MEASURED_CELLS, CELLS);

    private FeatureColumns() {}

    /**
     * @param sources of all spaces; layers of one name have one type
     * @throws HoxException when registries have columns of one name and different types
     */
    static StructType schema(Collection<Registry> registries, Collection<FeatureSource> sources) {
        Map<String, DataType> own = new LinkedHashMap<>();
        for (Registry registry : registries) {
            for (FeatureColumn column : registry.columns()) {
                DataType type = type(column.type());
                DataType known = own.putIfAbsent(column.name(), type);
                if (known != null && !known.equals(type)) {
                    throw new HoxException("registries have a column " + column.name() + " of type "
                            + known.catalogString() + " and of type " + type.catalogString()
                            + ": read one feature space at a time, with option fields");
                }
            }
        }
        List<StructField> fields = new ArrayList<>();
        fields.add(DataTypes.createStructField(UID, DataTypes.StringType, false));
        fields.add(DataTypes.createStructField(GLOBAL_INDEX, DataTypes.LongType, false));
        own.forEach((name, type) -> {
            if (!PLACE.contains(name)) {
                fields.add(DataTypes.createStructField(name, type, true));
            }
        });
        for (String name : PLACE) {
            fields.add(DataTypes.createStructField(name, placeType(name), name.equals(CELLS)));
        }
        Set<String> layers = new HashSet<>();
        for (FeatureSource source : sources) {
            for (LayerColumn layer : source.layers()) {
                if (layers.add(layer.name())) {
                    DataType values = DataTypes.createArrayType(SparkTypes.of(layer.type()), false);
                    fields.add(DataTypes.createStructField(layer.name(), values, true));
                }
            }
        }
        return DataTypes.createStructType(fields);
    }

    private static DataType placeType(String name) {
        return switch (name) {
            case LOCAL_INDEX, MEASURED_CELLS -> DataTypes.LongType;
            case CELLS -> DataTypes.createArrayType(DataTypes.IntegerType, false);
            default -> DataTypes.StringType;
        };
    }

    /** Whether the column is one of where the feature is measured. */
    static boolean isPlace(String name) {
        return PLACE.contains(name);
    }

    /** Whether a layer of that name can have a column. */
    static boolean isFree(String name, Collection<Registry> registries) {
        boolean taken = name.equals(UID) || name.equals(GLOBAL_INDEX) || PLACE.contains(name);
        for (Registry registry : registries) {
            taken |= registry.column(name) != null;
        }
        return !taken;
    }

    private static DataType type(FeatureColumn.Type type) {
        return switch (type) {
            case TEXT -> DataTypes.StringType;
            case INTEGER -> DataTypes.LongType;
            case FLOAT -> DataTypes.DoubleType;
            case BOOLEAN -> DataTypes.BooleanType;
        };
    }
}
