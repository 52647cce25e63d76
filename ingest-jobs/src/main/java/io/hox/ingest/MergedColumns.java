package io.hox.ingest;

import io.hox.HoxException;
import io.hox.source.DenseBlock;
import io.hox.source.Matrix;
import io.hox.source.MatrixScanner;
import io.hox.source.RowBlock;
import io.hox.source.RowNormaliser;
import io.hox.source.SparseToDense;
import io.hox.zarr.DataType;

/** A matrix in which columns of one feature are summed. */
final class MergedColumns implements MatrixScanner {
    private final Matrix matrix;
    private final int[] columnOf;
    private final int columns;
    private final String name;

    /** @param columnOf column of the sums by column of the matrix */
    MergedColumns(Matrix matrix, int[] columnOf, int columns, String name) {
        this.matrix = matrix;
        this.columnOf = columnOf;
        this.columns = columns;
        this.name = name;
    }

    @Override
    public Matrix.Layout layout() {
        return matrix.layout();
    }

    @Override
    public DataType type() {
        return matrix.type();
    }

    @Override
    public long rows() {
        return matrix.rows();
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public long entries() {
        return matrix.entries();
    }

    @Override
    public boolean splittable() {
        return matrix.splittable();
    }

    @Override
    public MatrixScanner withMemory(long bytes) {
        return new MergedColumns(matrix.withMemory(bytes), columnOf, columns, name);
    }

    /** Rows that only summing columns has changed are not counted. */
    @Override
    public long scan(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        RowNormaliser sums = new RowNormaliser(what ->
                new HoxException(name + ": " + matrix.key() + ", with the columns of a feature summed, " + what));
        return matrix.forEachRowBlock(from, to, maxEntries, block -> {
            int[] indices = block.indices();
            for (int i = 0; i < indices.length; i++) {
                indices[i] = columnOf[indices[i]];
            }
            consumer.accept(sums.normalise(block.firstRow(), block.indptr(), indices, block.values()));
        });
    }

    @Override
    public void scanDense(long from, long to, int maxElements, DenseBlock.Consumer consumer) {
        SparseToDense.scan(this, from, to, maxElements, consumer);
    }
}
