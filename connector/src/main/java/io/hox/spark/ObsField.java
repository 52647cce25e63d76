package io.hox.spark;

import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * A column of cell metadata.
 *
 * @param arrow the column in Lance
 * @param type its Spark type
 */
record ObsField(Field arrow, DataType type) {

    String name() {
        return arrow.getName();
    }

    StructField toSpark() {
        return DataTypes.createStructField(name(), type, arrow.isNullable());
    }
}
