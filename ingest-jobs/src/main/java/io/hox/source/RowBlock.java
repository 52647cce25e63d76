package io.hox.source;

import io.hox.zarr.Values;

/**
 * Some consecutive rows of a matrix in CSR form. Within a row the indices ascend and are distinct; stored zeros of a
 * sparse matrix are kept, zeros of a dense one are not there. The arrays are the receiver's to keep.
 *
 * @param firstRow number of the first row in the matrix
 * @param rows how many rows
 * @param indptr rows + 1 offsets into indices and values, from 0
 * @param indices column numbers; exactly {@code indptr[rows]} of them
 * @param values as many values, in the matrix's stored type
 */
public record RowBlock(long firstRow, int rows, int[] indptr, int[] indices, Values values) {
    /** Stored entries of the block. */
    public int entries() {
        return indptr[rows];
    }

    /** Receives the blocks of a scan in ascending row order. */
    @FunctionalInterface
    public interface Consumer {
        void accept(RowBlock block);
    }
}
