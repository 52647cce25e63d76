package io.hox.ingest;

import java.io.Serializable;

/**
 * What a task did with its piece.
 *
 * @param firstRow the first of the piece's own rows
 * @param rows how many there are
 * @param entries elements written to each array
 * @param bytes size of all objects written
 * @param normalisedRows own rows whose indices were unsorted or repeated
 * @param shrunk whether repeated entries were summed, so that the elements of all pieces have other places than planned;
 *     the piece was not written then
 */
record PieceResult(long firstRow, long rows, long entries, long bytes, long normalisedRows, boolean shrunk)
        implements Serializable {
    /** Of a task that writes nothing. */
    static final PieceResult NONE = new PieceResult(0, 0, 0, 0, 0, false);

    static final PieceResult SHRUNK = new PieceResult(0, 0, 0, 0, 0, true);

    PieceResult withBytes(long written) {
        return new PieceResult(firstRow, rows, entries, written, normalisedRows, shrunk);
    }
}
