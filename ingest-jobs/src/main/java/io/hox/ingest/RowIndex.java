package io.hox.ingest;

import java.io.Serializable;
import java.util.List;

/**
 * Which piece of a sparse modality knows the places of which rows.
 *
 * @param firstRows first of each piece's own rows
 * @param counts how many rows each has; they follow on each other
 */
record RowIndex(long[] firstRows, long[] counts) implements Serializable {
    /** @throws IllegalStateException when the pieces do not have every row once */
    static RowIndex of(List<PieceResult> pieces, long rows) {
        long[] first = new long[pieces.size()];
        long[] counts = new long[pieces.size()];
        long next = 0;
        for (int i = 0; i < first.length; i++) {
            PieceResult piece = pieces.get(i);
            if (piece.rows() > 0 && piece.firstRow() != next) {
                throw new IllegalStateException(
                        "piece " + i + " begins with row " + piece.firstRow() + ", not " + next);
            }
            first[i] = next;
            counts[i] = piece.rows();
            next += piece.rows();
        }
        if (next != rows) {
            throw new IllegalStateException(next + " of " + rows + " rows were written");
        }
        return new RowIndex(first, counts);
    }
}
