package io.hox.spark.write;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What an atlas says of its cells, in words that do not depend on how features are numbered or datasets are called. */
final class CellContents {
    private CellContents() {}

    /**
     * By uid of the cell: every obs column, and for each field the values of every stored feature by its uid.
     *
     * @param names for each field, uids of its features by global index
     */
    static Map<String, Map<String, Object>> of(Dataset<Row> cells, Map<String, List<String>> names) {
        Map<String, Map<String, Object>> contents = new TreeMap<>();
        for (Row row : cells.collectAsList()) {
            Map<String, Object> content = new LinkedHashMap<>();
            for (String column : row.schema().fieldNames()) {
                Object value = row.getAs(column);
                if (names.containsKey(column)) {
                    content.put(column, value == null ? null : values((Row) value, names.get(column)));
                } else if (!column.equals("dataset_uid")) {
                    content.put(column, value instanceof byte[] bytes ? List.of(bytes.length) : value);
                }
            }
            contents.put(row.getAs("uid"), content);
        }
        return contents;
    }

    private static Map<String, Object> values(Row field, List<String> names) {
        Map<String, Object> values = new TreeMap<>();
        List<Integer> indices = field.getList(field.fieldIndex("indices"));
        for (String layer : field.schema().fieldNames()) {
            // A layer that no cell of an atlas has is the same as one that this cell lacks.
            if (List.of("zarr_group", "zarr_row", "indices").contains(layer)) {
                continue;
            }
            List<Object> numbers =
                    field.isNullAt(field.fieldIndex(layer)) ? null : field.getList(field.fieldIndex(layer));
            for (int i = 0; numbers != null && i < indices.size(); i++) {
                values.put(layer + " of " + names.get(indices.get(i)), ((Number) numbers.get(i)).doubleValue());
            }
        }
        return values;
    }

    /**
     * By uid of the cell: the features that its dataset measured.
     *
     * @param features what {@code axis=features} gives
     */
    static Map<String, TreeSet<String>> measured(Dataset<Row> cells, Dataset<Row> features, String field) {
        Map<String, TreeSet<String>> ofGroup = new HashMap<>();
        for (Row row : features.groupBy("dataset_uid")
                .agg(collect_set("uid").as("uids"))
                .collectAsList()) {
            ofGroup.put(row.getString(0), new TreeSet<>(row.<String>getList(1)));
        }
        Map<String, TreeSet<String>> measured = new TreeMap<>();
        for (Row row : cells.where(field + ".zarr_group IS NOT NULL")
                .select(col("uid"), col("dataset_uid"))
                .collectAsList()) {
            measured.put(row.getString(0), ofGroup.get(row.getString(1)));
        }
        return measured;
    }

    /** Rows as lists, for comparison with literals. */
    static List<List<Object>> lists(Dataset<Row> rows) {
        List<List<Object>> lists = new ArrayList<>();
        for (Row row : rows.collectAsList()) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(
                        row.isNullAt(i)
                                ? null
                                : row.get(i) instanceof scala.collection.Seq ? row.getList(i) : row.get(i));
            }
            lists.add(values);
        }
        return lists;
    }
}
