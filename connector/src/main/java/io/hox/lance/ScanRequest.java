package io.hox.lance;

import java.util.List;
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
 */
public record ScanRequest(
        List<String> columns,
        String filter,
        long limit,
        long offset,
        List<Integer> fragmentIds,
        int batchSize,
        boolean withRowAddress) {

    public static final int DEFAULT_BATCH_SIZE = 8192;

    /** Every row, every column. */
    public static final ScanRequest ALL = new ScanRequest(null, null, -1, 0, null, DEFAULT_BATCH_SIZE, false);

    public ScanRequest {
        columns = columns == null ? null : List.copyOf(columns);
        fragmentIds = fragmentIds == null ? null : List.copyOf(fragmentIds);
    }

    /** With these columns; null = all, empty = none. */
    public ScanRequest withColumns(List<String> names) {
        return new ScanRequest(names, filter, limit, offset, fragmentIds, batchSize, withRowAddress);
    }

    /** With these columns; none when none is given. */
    public ScanRequest withColumns(String... names) {
        return withColumns(List.of(names));
    }

    /** With this filter in place of the present one; null = every row. */
    public ScanRequest withFilter(String sql) {
        return new ScanRequest(columns, sql, limit, offset, fragmentIds, batchSize, withRowAddress);
    }

    /** With at most so many rows; -1 = no limit. */
    public ScanRequest withLimit(long rows) {
        return new ScanRequest(columns, filter, rows, offset, fragmentIds, batchSize, withRowAddress);
    }

    /** Without the first so many rows that pass the filter. */
    public ScanRequest withOffset(long rows) {
        return new ScanRequest(columns, filter, limit, rows, fragmentIds, batchSize, withRowAddress);
    }

    /** Of these fragments only; null = all. */
    public ScanRequest withFragments(List<Integer> ids) {
        return new ScanRequest(columns, filter, limit, offset, ids, batchSize, withRowAddress);
    }

    /** In batches of at most so many rows. */
    public ScanRequest withBatchSize(int rows) {
        return new ScanRequest(columns, filter, limit, offset, fragmentIds, rows, withRowAddress);
    }

    /** With the column {@code _rowaddr}. */
    public ScanRequest withRowAddresses() {
        return new ScanRequest(columns, filter, limit, offset, fragmentIds, batchSize, true);
    }

    ScanOptions toLance() {
        ScanOptions.Builder options = new ScanOptions.Builder().batchSize(batchSize);
        if (columns != null) {
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
        boolean noColumns = columns != null && columns.isEmpty();
        // A projection of nothing is refused; the row address alone is not.
        options.withRowAddress(withRowAddress || noColumns);
        return options.build();
    }
}
