package io.hox.h5ad;

import java.io.Closeable;

/** Takes the rows of one CSR matrix in order. Several sinks of a writer may be open at once. */
public final class CsrSink implements Closeable {
    CsrSink() {}

    /** Adds the next rows; {@code block.firstRow()} must be the number of rows given so far. */
    public void append(RowBlock block) {
        throw new UnsupportedOperationException();
    }

    /** Completes the matrix; rows that were not given are empty. */
    @Override
    public void close() {}
}
