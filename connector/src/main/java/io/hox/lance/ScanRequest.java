package io.hox.lance;

import java.util.List;
import java.util.function.Supplier;
import org.lance.ipc.ColumnOrdering;
import org.lance.ipc.ScanOptions;

/**
 * What to read of a table. Immutable; start from {@link #ALL} and narrow.
 *
 * @param columns column names or paths of struct children ({@code "gene_expression.start"}, which comes back as a flat
 *     column of that very name); null = all columns, empty = none (batches then only have row addresses and their count)
 * @param filter Lance SQL (see {@link LanceSql}), or null for every row
 * @param limit at most so many rows; -1 = no limit, 0 = no rows
 * @param offset rows to skip among those that pass the filter
 * @param fragmentIds fragments to read, in table order; null = all
 * @param batchSize rows per batch at most
 * @param withRowAddress adds the column {@code _rowaddr} (uint64: fragment id times 2^32 plus the row's offset in its
 *     fragment, deleted rows counted)
 * @param order the order of the rows, most significant column first; empty = as in the table. With a limit only so many
 *     rows are held, otherwise all of them. The columns have to be among those that are read
 * @param aggregate what to return in place of rows, see {@link LanceAggregate}; null = the rows. The columns are then
 *     left out of account, limit and offset must not be given
 */
public record ScanRequest(
        List<String> columns,
        String filter,
        long limit,
        long offset,
        List<Integer> fragmentIds,
        int batchSize,
        boolean withRowAddress,
        List<RowOrder> order,
        LanceAggregate aggregate) {

    public static final int DEFAULT_BATCH_SIZE = 8192;

    /** Every row, every column. */
    public static final ScanRequest ALL =
            new ScanRequest(null, null, -1, 0, null, DEFAULT_BATCH_SIZE, false, List.of(), null);

    public ScanRequest {
        columns = columns == null ? null : List.copyOf(columns);
        fragmentIds = fragmentIds == null ? null : List.copyOf(fragmentIds);
        order = List.copyOf(order);
    }

    /** With these columns; null = all, empty = none. */
    public ScanRequest withColumns(List<String> names) {
        return new ScanRequest(names, filter, limit, offset, fragmentIds, batchSize, withRowAddress, order, aggregate);
    }

    /** With these columns; none when none is given. */
    public ScanRequest withColumns(String... names) {
        return withColumns(List.of(names));
    }

    /** With this filter in place of the present one; null = every row. */
    public ScanRequest withFilter(String sql) {
        return new ScanRequest(columns, sql, limit, offset, fragmentIds, batchSize, withRowAddress, order, aggregate);
    }

    /** With at most so many rows; -1 = no limit. */
    public ScanRequest withLimit(long rows) {
        return new ScanRequest(columns, filter, rows, offset, fragmentIds, batchSize, withRowAddress, order, aggregate);
    }

    /** Without the first so many rows that pass the filter. */
    public ScanRequest withOffset(long rows) {
        return new ScanRequest(columns, filter, limit, rows, fragmentIds, batchSize, withRowAddress, order, aggregate);
    }

    /** Of these fragments only; null = all. */
    public ScanRequest withFragments(List<Integer> ids) {
        return new ScanRequest(columns, filter, limit, offset, ids, batchSize, withRowAddress, order, aggregate);
    }

    /** In batches of at most so many rows. */
    public ScanRequest withBatchSize(int rows) {
        return new ScanRequest(columns, filter, limit, offset, fragmentIds, rows, withRowAddress, order, aggregate);
    }

    /** With the column {@code _rowaddr}. */
    public ScanRequest withRowAddresses() {
        return new ScanRequest(columns, filter, limit, offset, fragmentIds, batchSize, true, order, aggregate);
    }

    /** In this order. */
    public ScanRequest withOrder(List<RowOrder> orders) {
        return new ScanRequest(
                columns, filter, limit, offset, fragmentIds, batchSize, withRowAddress, orders, aggregate);
    }

    /** With counts and extremes in place of rows. */
    public ScanRequest withAggregate(LanceAggregate counts) {
        return new ScanRequest(columns, filter, limit, offset, fragmentIds, batchSize, withRowAddress, order, counts);
    }

    /** @param tableColumns all columns of the table, in order */
    ScanOptions toLance(Supplier<List<String>> tableColumns) {
        ScanOptions.Builder options = new ScanOptions.Builder().batchSize(batchSize);
        if (aggregate != null) {
            options.substraitAggregate(new SubstraitAggregate(tableColumns.get()).encode(aggregate));
        } else if (columns != null) {
            options.columns(columns);
        }
        if (filter != null) {
            options.filter(filter);
        }
        if (limit >= 0) {
            options.limit(limit);
        }
        if (offset > 0) {
            options.offset(offset);
        }
        if (fragmentIds != null) {
            options.fragmentIds(fragmentIds);
        }
        if (!order.isEmpty()) {
            options.setColumnOrderings(order.stream().map(ScanRequest::toLance).toList());
        }
        // A projection of nothing is refused; the row address alone is not.
        boolean noColumns = aggregate == null && columns != null && columns.isEmpty();
        boolean namesRows = filter != null && LanceSql.namesRows(filter);
        options.withRowAddress(withRowAddress || noColumns || namesRows);
        return options.build();
    }

    private static ColumnOrdering toLance(RowOrder order) {
        ColumnOrdering.Builder ordering = new ColumnOrdering.Builder();
        ordering.setColumnName(order.column());
        ordering.setAscending(order.ascending());
        ordering.setNullFirst(order.nullsFirst());
        return ordering.build();
    }
}
