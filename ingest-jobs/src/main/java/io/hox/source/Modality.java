package io.hox.source;

import java.util.List;

/** One kind of measurement of a source's cells: matrices over one set of features. */
public interface Modality {
    /** The source's own name for it, such as {@code rna} or {@code Antibody Capture}; empty where it has just one. */
    String key();

    /** The feature space that the source's format says it belongs to; null where it does not say. */
    String featureSpace();

    /** Names of the matrices: {@code X}, {@code layers/NAME}..., {@code raw/X}. */
    List<String> matrixKeys();

    /** The matrix of that name; an unknown one is an error that lists the known ones. */
    Matrix matrix(String key);

    /** The annotations of a matrix's features. */
    DataFrame var(String matrixKey);

    /**
     * Which row of the matrices each cell of a range has, -1 where the cell was not measured.
     *
     * @return a row for each cell from {@code from} (included) to {@code to} (excluded); null where every cell has the
     *     row of its own number
     */
    long[] rows(int from, int to);
}
