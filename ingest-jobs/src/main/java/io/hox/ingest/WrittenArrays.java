package io.hox.ingest;

import java.util.List;

/**
 * What tasks wrote of one modality.
 *
 * @param pieces results in the order of the pieces
 * @param normalisedRows rows that were unsorted or had repeated entries
 */
record WrittenArrays(List<PieceResult> pieces, long normalisedRows) {
    /** Elements of each array. */
    long entries() {
        return pieces.stream().mapToLong(PieceResult::entries).sum();
    }

    long bytes() {
        return pieces.stream().mapToLong(PieceResult::bytes).sum();
    }
}
