package io.hox.lance;

import java.util.List;

/**
 * What to read of a table. Immutable; start from {@link #ALL} and narrow.
 *
 * @param columns column names or paths of struct children ({@code "gene_expression.start"}, which comes back as a flat
 *     column of that very name); null = all columns, empty = none (batches then only have a row count and the row ids)
 * @param filter Lance SQL (see {@link LanceSql}), or null for every row
 * @param limit at most so many rows; -1 = no limit, 0 = no rows
 * @param offset rows to skip among those that pass the filter
 * @param fragmentIds fragments to read, in table order; null = all
 * @param batchSize rows per batch at most
 * @param withRowId adds the column {@code _rowid} (uint64: fragment id times 2^32 plus the row's offset in its fragment)
 * @param orderBy columns to sort by, ascending with nulls first; empty = table order
 */
public record ScanRequest(
        List<String> columns,
        String filter,
        long limit,
        long offset,
        List<Integer> fragmentIds,
        int batchSize,
        boolean withRowId,
        List<String> orderBy) {

    public static final int DEFAULT_BATCH_SIZE = 8192;

    /** Every row, every column. */
    public static final ScanRequest ALL =
            new ScanRequest(null, null, -1, 0, null, DEFAULT_BATCH_SIZE, false, List.of());

    public ScanRequest {
        columns = columns == null ? null : List.copyOf(columns);
        fragmentIds = fragmentIds == null ? null : List.copyOf(fragmentIds);
        orderBy = List.copyOf(orderBy);
    }

    public ScanRequest withColumns(List<String> names) {
        return new ScanRequest(names, filter, limit, offset, fragmentIds, batchSize, withRowId, orderBy);
    }

    public ScanRequest withColumns(String... names) {
        return withColumns(List.of(names));
    }

    public ScanRequest withFilter(String sql) {
        return new ScanRequest(columns, sql, limit, offset, fragmentIds, batchSize, withRowId, orderBy);
    }

    public ScanRequest withLimit(long rows) {
        return new ScanRequest(columns, filter, rows, offset, fragmentIds, batchSize, withRowId, orderBy);
    }

    public ScanRequest withOffset(long rows) {
        return new ScanRequest(columns, filter, limit, rows, fragmentIds, batchSize, withRowId, orderBy);
    }

    public ScanRequest withFragments(List<Integer> ids) {
        return new ScanRequest(columns, filter, limit, offset, ids, batchSize, withRowId, orderBy);
    }

    public ScanRequest withBatchSize(int rows) {
        return new ScanRequest(columns, filter, limit, offset, fragmentIds, rows, withRowId, orderBy);
    }

    public ScanRequest withRowIds() {
        return new ScanRequest(columns, filter, limit, offset, fragmentIds, batchSize, true, orderBy);
    }

    public ScanRequest withOrderBy(String... names) {
        return new ScanRequest(columns, filter, limit, offset, fragmentIds, batchSize, withRowId, List.of(names));
    }
}
