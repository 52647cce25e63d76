package io.hox.spark;

import io.hox.lance.LanceScan;
import io.hox.lance.LanceSql;
import io.hox.lance.LanceTable;
import io.hox.lance.RowOrder;
import io.hox.lance.ScanRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.NullOrdering;
import org.apache.spark.sql.connector.expressions.SortDirection;
import org.apache.spark.sql.connector.expressions.SortOrder;

/**
 * ORDER BY with LIMIT: the driver has Lance find the rows by the columns they are ordered by, and the scan reads those.
 * Spark puts them in order.
 *
 * @param order by columns that Lance orders as Spark does
 * @param limit rows at most
 */
record TopRows(List<RowOrder> order, int limit) {
    /** Each row becomes a part of the filter. */
    private static final int MOST = 10_000;

    private static final String ADDRESS = "_rowaddr";

    TopRows {
        order = List.copyOf(order);
    }

    /** Null when Lance can't tell the same rows, or they are too many. */
    static TopRows of(SortOrder[] orders, int limit, CellSchema cells) {
        if (limit < 1 || limit > MOST) {
            return null;
        }
        List<RowOrder> columns = new ArrayList<>();
        for (SortOrder order : orders) {
            FilterColumn column = order.expression() instanceof NamedReference reference
                    ? cells.topLevelColumn(reference.fieldNames())
                    : null;
            if (column == null || !LanceLiterals.comparesAsInSpark(column)) {
                return null;
            }
            columns.add(new RowOrder(
                    column.arrow().getName(),
                    order.direction() == SortDirection.ASCENDING,
                    order.nullOrdering() == NullOrdering.NULLS_FIRST));
        }
        return new TopRows(columns, limit);
    }

    /**
     * A filter that these rows pass and no others. Where rows are equal, it is open which of them are taken.
     *
     * @param filter Lance SQL that the rows pass; null = all rows
     */
    String filter(LanceTable obs, String filter) {
        Set<String> columns = new LinkedHashSet<>();
        order.forEach(by -> columns.add(by.column()));
        ScanRequest request = ScanRequest.ALL
                .withColumns(List.copyOf(columns))
                .withFilter(filter)
                .withOrder(order)
                .withLimit(limit)
                .withRowAddresses();
        List<Long> found = new ArrayList<>();
        try (LanceScan scan = obs.scan(request)) {
            while (scan.next()) {
                UInt8Vector addresses = (UInt8Vector) scan.batch().getVector(ADDRESS);
                for (int i = 0; i < scan.batch().getRowCount(); i++) {
                    found.add(addresses.get(i));
                }
            }
        }
        return found.isEmpty() ? "false" : LanceSql.rows(found);
    }

    @Override
    public String toString() {
        List<String> columns = new ArrayList<>();
        for (RowOrder by : order) {
            columns.add(by.column()
                    + (by.ascending() ? " ascending" : " descending")
                    + (by.nullsFirst() ? ", nulls first" : ", nulls last"));
        }
        return "first " + limit + " by " + String.join(", ", columns);
    }
}
