package io.hox.anndata;

import io.hox.source.MatrixScanner;
import io.hox.stored.DenseScanner;
import io.hox.stored.SparseMatrix;
import io.hox.stored.StoredArray;
import io.hox.stored.StoredGroup;
import io.hox.stored.StoredNode;

/** Makes scanners of AnnData's encodings of matrices. */
final class MatrixReader {
    private MatrixReader() {}

    static MatrixScanner scanner(StoredNode node, int rows, int columns) {
        if (node instanceof StoredArray array) {
            checkShape(array, array.shape(), rows, columns);
            return new DenseScanner(array, rows, columns);
        }
        StoredGroup group = (StoredGroup) node;
        String encoding = first(group.text("encoding-type"), group.text("h5sparse_format"));
        boolean csr = encoding.startsWith("csr");
        if (!csr && !encoding.startsWith("csc")) {
            throw group.failure(
                    "has the encoding '" + encoding + "'; csr_matrix, csc_matrix and dense arrays are known");
        }
        long[] shape = group.numbers("shape");
        checkShape(group, shape == null ? group.numbers("h5sparse_shape") : shape, rows, columns);
        return csr ? SparseMatrix.byRows(group, rows, columns) : SparseMatrix.byColumns(group, rows, columns);
    }

    private static String first(String text, String other) {
        return text != null ? text : other != null ? other : "none";
    }

    private static void checkShape(StoredNode node, long[] shape, int rows, int columns) {
        if (shape == null || shape.length != 2) {
            throw node.failure("has no shape of two dimensions and so is no matrix of anndata's");
        }
        if (shape[0] != rows || shape[1] != columns) {
            throw node.failure("is " + shape[0] + " x " + shape[1] + " but the file has " + rows + " cells and "
                    + columns + " features for it. The file is damaged");
        }
    }
}
