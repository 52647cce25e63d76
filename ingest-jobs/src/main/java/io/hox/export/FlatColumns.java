package io.hox.export;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Columns as files with one value a field can hold them: nested values as JSON text, bytes as base64, times as
 * {@code 2024-02-08 18:16:22}. Numbers, booleans and text stay what they are.
 */
public final class FlatColumns {
    private FlatColumns() {}

    /** The named top-level columns of {@code rows}, under their names. */
    public static Column[] of(Dataset<Row> rows, List<String> names) {
        StructType schema = rows.schema();
        return names.stream()
                .map(name -> flat(
                                rows.col(ColumnName.quoted(name)),
                                schema.apply(name).dataType())
                        .as(name))
                .toArray(Column[]::new);
    }

    /** All columns of {@code rows}. */
    public static Dataset<Row> of(Dataset<Row> rows) {
        return rows.select(of(rows, Arrays.asList(rows.columns())));
    }

    private static Column flat(Column column, DataType type) {
        if (type instanceof ArrayType || type instanceof StructType || type instanceof MapType) {
            return functions.to_json(column);
        }
        if (type instanceof TimestampType || type instanceof TimestampNTZType || type instanceof DateType) {
            return column.cast("string");
        }
        return type instanceof BinaryType ? functions.base64(column) : column;
    }
}
