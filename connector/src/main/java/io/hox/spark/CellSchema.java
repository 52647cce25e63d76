package io.hox.spark;

import io.hox.lance.LanceSql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a read of cells: metadata first, then one struct for each pointer column.
 *
 * @param obs in table order
 * @param pointers those shown
 */
record CellSchema(List<ObsField> obs, List<PointerField> pointers) {

    CellSchema {
        obs = List.copyOf(obs);
        pointers = List.copyOf(pointers);
    }

    StructType toSpark() {
        List<StructField> fields = new ArrayList<>();
        for (ObsField field : obs) {
            fields.add(field.toSpark());
        }
        for (PointerField field : pointers) {
            fields.add(DataTypes.createStructField(field.pointer().name(), field.type(), true));
        }
        return DataTypes.createStructType(fields);
    }

    /** The selected columns and children, in the order that Spark wants them. */
    List<OutputColumn> prune(StructType selected) {
        List<OutputColumn> columns = new ArrayList<>();
        for (StructField field : selected.fields()) {
            PointerField pointer = pointer(field.name());
            columns.add(
                    pointer == null
                            ? new OutputColumn.Obs(field.name(), field.dataType())
                            : pointer.prune((StructType) field.dataType()));
        }
        return columns;
    }

    /** What a filter can say about a column or a child of one; null when it can say nothing. */
    FilterColumn filterColumn(String[] parts) {
        PointerField pointer = pointer(parts[0]);
        if (pointer != null) {
            return switch (parts.length) {
                case 1 -> new FilterColumn(
                        null, pointer.type(), null, pointer.pointer().presentFilter(), false);
                case 2 -> pointer.filterColumn(parts[1], pointer.type());
                default -> null;
            };
        }
        for (ObsField field : obs) {
            if (field.name().equals(parts[0])) {
                return filterColumn(field.arrow(), parts);
            }
        }
        return null;
    }

    /** A column of cell metadata as a whole; null when it is none, or a filter can't name it. */
    FilterColumn topLevelColumn(String[] parts) {
        FilterColumn column = parts.length == 1 ? filterColumn(parts) : null;
        return column == null || column.arrow() == null ? null : column;
    }

    private static FilterColumn filterColumn(Field top, String[] parts) {
        Field field = top;
        for (int i = 1; i < parts.length; i++) {
            field = child(field, parts[i]);
            if (field == null) {
                return null;
            }
        }
        // A name with a back-tick can't be quoted.
        if (Arrays.stream(parts).anyMatch(part -> part.isEmpty() || part.indexOf('`') >= 0)) {
            return null;
        }
        DataType type = SparkTypes.of(field);
        String sql = field.getDictionary() == null ? LanceSql.column(parts) : LanceSql.dictionaryColumn(parts);
        return FilterColumn.plain(sql, type, field);
    }

    private static Field child(Field field, String name) {
        for (Field child : field.getChildren()) {
            if (child.getName().equals(name)) {
                return child;
            }
        }
        return null;
    }

    /** The pointer column of that name; null when none is shown. */
    PointerField pointer(String name) {
        for (PointerField pointer : pointers) {
            if (pointer.pointer().name().equals(name)) {
                return pointer;
            }
        }
        return null;
    }
}
