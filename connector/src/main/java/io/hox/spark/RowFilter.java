package io.hox.spark;

import io.hox.lance.LanceScan;
import java.util.List;

/**
 * Keeps some rows of each Lance batch, after the pushed filter and before any array is read. Belongs to one task: not
 * thread-safe.
 */
interface RowFilter extends AutoCloseable {

    /** What {@link #select} looks at, beside what the query reads; {@code _rowaddr} for the rows' addresses. */
    List<String> lanceColumns();

    /**
     * Keeps rows of the scan's current batch.
     *
     * @param rows the rows kept so far, ascending, in the first {@code n} places; those that stay move to the front
     * @return how many stay
     */
    int select(LanceScan scan, int[] rows, int n);

    /** Called once, after the last batch or a failure. */
    @Override
    default void close() {}
}
