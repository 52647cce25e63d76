package io.hox.h5ad;

import io.hox.HoxException;
import io.hox.source.MatrixScanner;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;

/** The three arrays of a stored CSR or CSC matrix, checked before anything of their size is allocated. */
record SparseMatrix(
        Hdf5 file, String object, Dataset indptr, Dataset indices, Dataset data, long rows, int columns, long entries) {

    static MatrixScanner open(Hdf5 file, Group group, int rows, int columns) {
        String object = group.getPath();
        String encoding = first(file.text(group, "encoding-type"), file.text(group, "h5sparse_format"));
        boolean csr = encoding.startsWith("csr");
        if (!csr && !encoding.startsWith("csc")) {
            throw file.failure(
                    object, "has the encoding '" + encoding + "'; csr_matrix, csc_matrix and dense arrays are known");
        }
        long[] shape = file.numbers(group, "shape");
        shape = shape == null ? file.numbers(group, "h5sparse_shape") : shape;
        checkShape(file, object, shape, rows, columns);
        Dataset indptr = file.dataset(group, "indptr");
        Dataset indices = file.dataset(group, "indices");
        Dataset data = file.dataset(group, "data");
        long entries = Datasets.length(file, indices);
        if (Datasets.length(file, data) != entries) {
            throw file.failure(
                    object,
                    "has " + entries + " indices but " + Datasets.length(file, data) + " values. The file is damaged");
        }
        long wanted = (csr ? rows : columns) + 1L;
        if (Datasets.length(file, indptr) != wanted) {
            throw file.failure(
                    indptr.getPath(),
                    "has " + Datasets.length(file, indptr) + " offsets; a " + (csr ? "CSR" : "CSC") + " matrix of "
                            + rows + " x " + columns + " needs " + wanted + ". The file is damaged");
        }
        Datasets.checkPlausible(file, indptr, wanted, Integer.MAX_VALUE - 8);
        Datasets.checkPlausible(file, indices, entries, Long.MAX_VALUE);
        SparseMatrix matrix = new SparseMatrix(file, object, indptr, indices, data, rows, columns, entries);
        matrix.type();
        return csr ? new CsrScanner(matrix) : new CscScanner(matrix, CscScanner.DEFAULT_BUDGET);
    }

    private static String first(String text, String other) {
        return text != null ? text : other != null ? other : "none";
    }

    static void checkShape(Hdf5 file, String object, long[] shape, int rows, int columns) {
        if (shape == null || shape.length != 2) {
            throw file.failure(object, "has no shape of two dimensions and so is no matrix of anndata's");
        }
        if (shape[0] != rows || shape[1] != columns) {
            throw file.failure(
                    object,
                    "is " + shape[0] + " x " + shape[1] + " but the file has " + rows + " cells and " + columns
                            + " features for it. The file is damaged");
        }
    }

    DataType type() {
        return Datasets.elementType(file, data).type();
    }

    /** The offsets, checked to be monotone and within the entries. */
    long[] offsets() {
        Values stored = ArrayReader.readAll(file, indptr);
        if (stored.type().isFloat()) {
            throw file.failure(indptr.getPath(), "holds fractions where offsets are needed");
        }
        long[] offsets = new long[stored.length()];
        long last = 0;
        for (int i = 0; i < offsets.length; i++) {
            long offset = Integers.at(stored, i);
            if (offset < last || offset > entries || i == 0 && offset != 0) {
                throw file.failure(
                        indptr.getPath(),
                        "has the offset " + offset + " at position " + i + " after " + last + " in a matrix of "
                                + entries + " entries: offsets must begin with 0 and never fall. The file is damaged");
            }
            offsets[i] = offset;
            last = offset;
        }
        return offsets;
    }

    HoxException badIndex(long index, long at, int limit) {
        return file.failure(
                indices.getPath(),
                "has the index " + index
                        + " at position " + at + "; indices must lie between 0 and " + (limit - 1)
                        + ". The file is damaged");
    }
}
