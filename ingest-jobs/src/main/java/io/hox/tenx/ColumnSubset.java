package io.hox.tenx;

import io.hox.source.DenseBlock;
import io.hox.source.Matrix;
import io.hox.source.MatrixScanner;
import io.hox.source.RowBlock;
import io.hox.source.SparseToDense;
import io.hox.source.ValueArrays;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.Arrays;

/** Some columns of a matrix, numbered anew in their order. Each scan reads the whole matrix. */
final class ColumnSubset implements MatrixScanner {
    private final MatrixScanner whole;
    private final int[] columns;
    /** New number of each column, -1 of those that are left out. */
    private final int[] numbers;

    /** @param columns ascending numbers of the columns */
    ColumnSubset(MatrixScanner whole, int[] columns) {
        this.whole = whole;
        this.columns = columns;
        this.numbers = new int[whole.columns()];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < columns.length; i++) {
            numbers[columns[i]] = i;
        }
    }

    @Override
    public Matrix.Layout layout() {
        return whole.layout();
    }

    @Override
    public DataType type() {
        return whole.type();
    }

    @Override
    public long rows() {
        return whole.rows();
    }

    @Override
    public int columns() {
        return columns.length;
    }

    /** Those of the whole matrix, of which these columns have a part that nothing tells. */
    @Override
    public long entries() {
        return whole.entries();
    }

    @Override
    public boolean splittable() {
        return whole.splittable();
    }

    @Override
    public MatrixScanner withMemory(long bytes) {
        return new ColumnSubset(whole.withMemory(bytes), columns);
    }

    @Override
    public long scan(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        return whole.scan(from, to, maxEntries, block -> consumer.accept(subset(block)));
    }

    private RowBlock subset(RowBlock block) {
        int n = block.entries();
        int[] targets = new int[n];
        int[] indptr = new int[block.rows() + 1];
        int kept = 0;
        for (int row = 0; row < block.rows(); row++) {
            for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
                targets[i] = numbers[block.indices()[i]] < 0 ? -1 : kept++;
            }
            indptr[row + 1] = kept;
        }
        int[] indices = new int[kept];
        for (int i = 0; i < n; i++) {
            if (targets[i] >= 0) {
                indices[targets[i]] = numbers[block.indices()[i]];
            }
        }
        Values values = Values.allocate(type(), kept);
        ValueArrays.scatter(block.values(), targets, n, values);
        return new RowBlock(block.firstRow(), block.rows(), indptr, indices, values);
    }

    @Override
    public void scanDense(long from, long to, int maxElements, DenseBlock.Consumer consumer) {
        SparseToDense.scan(this, from, to, maxElements, consumer);
    }
}
