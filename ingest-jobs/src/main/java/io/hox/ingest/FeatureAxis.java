package io.hox.ingest;

import io.hox.source.Matrix;
import java.io.Serializable;

/**
 * The features of a dataset as its written columns.
 *
 * @param uids uid of each written column, distinct
 * @param columnOf the written column of each column of the source; null where they are the same
 */
record FeatureAxis(String[] uids, int[] columnOf) implements Serializable {
    int length() {
        return uids.length;
    }

    /** A matrix of the source with these columns; those that share one are summed. */
    Matrix over(Matrix matrix, String name) {
        return columnOf == null
                ? matrix
                : new Matrix(matrix.key(), new MergedColumns(matrix, columnOf, uids.length, name));
    }
}
