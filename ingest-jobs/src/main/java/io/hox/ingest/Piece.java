package io.hox.ingest;

import java.io.Serializable;

/**
 * Consecutive shards of a modality's arrays, the work of one task. Of a sparse modality these are elements of the flat
 * arrays; the rows that have some of them are scanned, those that begin among them are the piece's own. Of a dense one
 * they are rows, and the elements are of no interest.
 *
 * @param number of the piece, from 0
 * @param firstShard number of the first shard
 * @param start first element
 * @param end behind the last element; {@link Long#MAX_VALUE} for the last piece
 * @param firstRow first row to scan
 * @param ownRow first row that may be the piece's own; {@code firstRow}, or more where that is known to begin before
 * @param endRow behind the last row to scan
 * @param firstOffset element at which the first row begins
 * @param endOffset element at which the last row ends if no entries of a row are summed; -1 where nobody counted
 */
record Piece(
        int number,
        long firstShard,
        long start,
        long end,
        long firstRow,
        long ownRow,
        long endRow,
        long firstOffset,
        long endOffset)
        implements Serializable {

    /** All of a sparse matrix. */
    static Piece whole(long rows) {
        return new Piece(0, 0, 0, Long.MAX_VALUE, 0, 0, rows, 0, -1);
    }

    /** Rows of a dense array. */
    static Piece ofRows(int number, long firstShard, long from, long to) {
        return new Piece(number, firstShard, 0, Long.MAX_VALUE, from, from, to, 0, -1);
    }

    /** Whether a row that begins at this element is the piece's own: empty rows at a border are the next one's. */
    boolean owns(long element) {
        return element >= start && element < end;
    }
}
