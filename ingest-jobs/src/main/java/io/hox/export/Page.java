package io.hox.export;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A range of a result's rows, in scan order.
 *
 * @param offset rows to skip
 * @param limit rows to take at most
 */
public record Page(long offset, long limit) {
    /** Every row. */
    public static final Page ALL = new Page(0, Long.MAX_VALUE);

    /** The rows of the page; nothing behind them is read. */
    <T> Iterator<T> of(Iterator<T> rows) {
        return new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                while (next < offset && rows.hasNext()) {
                    rows.next();
                    next++;
                }
                return next - offset < limit && rows.hasNext();
            }

            @Override
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                next++;
                return rows.next();
            }
        };
    }
}
