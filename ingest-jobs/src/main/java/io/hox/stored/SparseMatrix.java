package io.hox.stored;

import io.hox.HoxException;
import io.hox.source.MatrixScanner;
import io.hox.zarr.DataType;

/**
 * The three arrays of a stored sparse matrix, checked before anything of their size is allocated.
 *
 * @param group where they lie
 * @param entries how many indices and values there are
 */
public record SparseMatrix(
        StoredGroup group,
        StoredArray indptr,
        StoredArray indices,
        StoredArray data,
        int rows,
        int columns,
        long entries) {

    /** The matrix of a group whose cells follow one another. */
    public static MatrixScanner byRows(StoredGroup group, int rows, int columns) {
        return new CsrScanner(of(group, rows, columns, rows));
    }

    /** The matrix of a group whose features follow one another. */
    public static MatrixScanner byColumns(StoredGroup group, int rows, int columns) {
        return new CscScanner(of(group, rows, columns, columns), CscScanner.DEFAULT_BUDGET);
    }

    private static SparseMatrix of(StoredGroup group, int rows, int columns, int outer) {
        StoredArray indptr = group.array("indptr");
        StoredArray indices = group.array("indices");
        StoredArray data = group.array("data");
        long entries = indices.checkedLength(Long.MAX_VALUE);
        if (data.length() != entries) {
            throw group.failure("has " + entries + " indices but " + data.length() + " values. The file is damaged");
        }
        long wanted = outer + 1L;
        if (indptr.checkedLength(Long.MAX_VALUE) != wanted) {
            throw indptr.failure("has " + indptr.length() + " offsets; a matrix of " + rows + " x " + columns
                    + " that is stored by " + (outer == rows ? "rows" : "columns") + " needs " + wanted
                    + ". The file is damaged");
        }
        if (indptr.numberType().isFloat()) {
            throw indptr.failure("holds fractions where offsets are needed");
        }
        data.numberType();
        return new SparseMatrix(group, indptr, indices, data, rows, columns, entries);
    }

    DataType type() {
        return data.type();
    }

    /** Reads offsets, in ascending order of rows or columns. */
    OffsetReader offsets() {
        return new OffsetReader(this);
    }

    HoxException badOffset(long offset, long position, long last) {
        return indptr.failure("has the offset " + offset + " at position " + position + " after " + last
                + " in a matrix of " + entries
                + " entries: offsets must begin with 0 and never fall. The file is damaged");
    }

    HoxException badIndex(long index, long at, int limit) {
        return indices.failure("has the index " + index + " at position " + at + "; indices must lie between 0 and "
                + (limit - 1) + ". The file is damaged");
    }
}
