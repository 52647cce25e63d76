package io.hox.source;

import io.hox.HoxException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An annotation table of a source: one row per cell (obs) or per feature (var). */
public final class DataFrame {
    private final Column index;
    private final List<Column> columns;
    private final Map<String, String> unreadable;

    /** @param unreadable columns that can't be given, by name, with the reason */
    public DataFrame(Column index, List<Column> columns, Map<String, String> unreadable) {
        this.index = index;
        this.columns = List.copyOf(columns);
        this.unreadable = Map.copyOf(unreadable);
    }

    /** A table in memory. Columns must be as long as the index and have distinct names. */
    public static DataFrame of(String indexName, String[] index, List<Column> columns) {
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (column.length() != index.length) {
                throw new HoxException("Column '" + column.name() + "' has " + column.length() + " values, the index "
                        + index.length + "; every column needs one value per row.");
            }
            if (!names.add(column.name())) {
                throw new HoxException("Column '" + column.name() + "' occurs twice; names must be distinct.");
            }
        }
        return new DataFrame(Column.strings(indexName, index), columns, Map.of());
    }

    public int rows() {
        return index.length();
    }

    /** The index's name as pandas shows it; {@code _index} where it has none. */
    public String indexName() {
        return index.name();
    }

    /** Row names: barcodes or feature names. Numbers are given as text. Not necessarily unique. */
    public String[] index() {
        return index.texts();
    }

    /** The columns in the file's order, without the index. */
    public List<Column> columns() {
        return columns;
    }

    /** The column of that name, or null. The index is not a column. */
    public Column column(String name) {
        for (Column column : columns) {
            if (column.name().equals(name)) {
                return column;
            }
        }
        return null;
    }

    /** The rows from {@code from} (included) to {@code to} (excluded), see {@link Column#rows}. */
    public DataFrame rows(int from, int to) {
        return new DataFrame(
                index.rows(from, to),
                columns.stream().map(column -> column.rows(from, to)).toList(),
                unreadable);
    }

    /** A table of the same rows with other columns, all as long as this one. */
    public DataFrame with(List<Column> others) {
        return new DataFrame(index, others, unreadable);
    }

    /** Columns that the file has but that cannot be given, by name, with the reason. Usually empty. */
    public Map<String, String> unreadable() {
        return unreadable;
    }
}
