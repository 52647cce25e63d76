package io.hox.source;

import io.hox.zarr.Values;

/**
 * Some consecutive whole rows of a matrix, zeros included, row after row. The values are the receiver's to keep.
 *
 * @param firstRow number of the first row in the matrix
 * @param rows how many rows
 * @param columns values per row
 * @param values rows x columns values in the matrix's stored type
 */
public record DenseBlock(long firstRow, int rows, int columns, Values values) {
    /** Receives the blocks of a scan in ascending row order. */
    @FunctionalInterface
    public interface Consumer {
        void accept(DenseBlock block);
    }
}
