package io.hox.spark;

import io.hox.HoxException;
import io.hox.atlas.FeatureColumn;
import io.hox.atlas.Registry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a read of features: those of the registries, united by name, then where the feature is measured.
 *
 * <p>Local indices are columns of the dataset's matrix. A registry column that has one of the names of the second part is
 * left out.
 */
final class FeatureColumns {
    static final String UID = "uid";
    static final String GLOBAL_INDEX = "global_index";
    static final String FEATURE_SPACE = "feature_space";
    static final String DATASET_UID = "dataset_uid";
    static final String ZARR_GROUP = "zarr_group";
    static final String LAYOUT_UID = "layout_uid";
    static final String LOCAL_INDEX = "local_index";

    private static final List<String> PLACE = List.of(FEATURE_SPACE, DATASET_UID, ZARR_GROUP, LAYOUT_UID, LOCAL_INDEX);

    private FeatureColumns() {}

    /** @throws HoxException when registries have columns of one name and different types */
    static StructType schema(Collection<Registry> registries) {
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
            DataType type = name.equals(LOCAL_INDEX) ? DataTypes.LongType : DataTypes.StringType;
            fields.add(DataTypes.createStructField(name, type, false));
        }
        return DataTypes.createStructType(fields);
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
