package io.hox.spark;

import io.hox.lance.LanceScan;
import io.hox.zarr.Numbers;
import io.hox.zarr.Values;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;

/** The {@link FeatureFilter} of one task. */
final class FeatureRows implements RowFilter {
    /** Columns kept for the case that cells of several groups alternate. */
    private static final long MAX_ENTRIES = 1 << 22;

    private final FeatureFilter filter;
    private final Function<String, Column> columns;
    private final String groupColumn;
    private final String rowColumn;
    /** Least recently used first; empty where there is no column. */
    private final Map<String, Optional<Column>> known = new LinkedHashMap<>(16, 0.75f, true);

    private long entries;

    /** @param columns the feature's column in a group; null when there is none */
    FeatureRows(FeatureFilter filter, Function<String, Column> columns) {
        this.filter = filter;
        this.columns = columns;
        this.groupColumn = filter.pointer().name() + "." + PointerStruct.GROUP;
        this.rowColumn = filter.pointer().name() + "."
                + PointerStruct.lanceChild(filter.pointer().kind(), true, PointerStruct.ROW);
    }

    /**
     * A feature in a group.
     *
     * @param rows ascending row numbers of cells, in the first {@code length} places
     * @param values of these cells; 0 in others
     */
    record Column(int[] rows, int length, Values values) {
        double value(long row) {
            int at = row > Integer.MAX_VALUE ? -1 : Arrays.binarySearch(rows, 0, length, (int) row);
            return at < 0 ? 0 : Numbers.doubleAt(values, at);
        }
    }

    @Override
    public List<String> lanceColumns() {
        return List.of(groupColumn, rowColumn);
    }

    @Override
    public int select(LanceScan scan, int[] rows, int n) {
        VarCharVector groups = (VarCharVector) scan.batch().getVector(groupColumn);
        BigIntVector zarrRows = (BigIntVector) scan.batch().getVector(rowColumn);
        int kept = 0;
        byte[] lastGroup = null;
        boolean measured = false;
        Column column = null;
        for (int i = 0; i < n; i++) {
            int row = rows[i];
            if (groups.isNull(row)) {
                continue;
            }
            byte[] group = groups.get(row);
            if (!Arrays.equals(group, lastGroup)) {
                lastGroup = group;
                String name = new String(group, StandardCharsets.UTF_8);
                measured = filter.measured().contains(name);
                column = measured ? column(name) : null;
            }
            // A damaged pointer stays, so that reading it says what is wrong.
            if (measured
                    && (column == null
                            || zarrRows.isNull(row)
                            || filter.comparison().test(column.value(zarrRows.get(row))))) {
                rows[kept++] = row;
            }
        }
        return kept;
    }

    private Column column(String group) {
        Optional<Column> column = known.get(group);
        if (column == null) {
            column = Optional.ofNullable(columns.apply(group));
            known.put(group, column);
            entries += column.map(Column::length).orElse(0);
            Iterator<Optional<Column>> oldest = known.values().iterator();
            while (entries > MAX_ENTRIES && known.size() > 1) {
                entries -= oldest.next().map(Column::length).orElse(0);
                oldest.remove();
            }
        }
        return column.orElse(null);
    }
}
