package io.hox.source;

import io.hox.zarr.Values;

/** Spreads sparse rows out into dense blocks. */
public final class SparseToDense {
    private SparseToDense() {}

    public static void scan(MatrixScanner sparse, long from, long to, int maxElements, DenseBlock.Consumer consumer) {
        Blocks blocks = new Blocks(sparse, from, to, maxElements, consumer);
        sparse.scan(from, to, maxElements, blocks::add);
    }

    private static final class Blocks {
        private final MatrixScanner matrix;
        private final long to;
        private final int blockRows;
        private final DenseBlock.Consumer consumer;
        private long first;
        private int filled;
        private Values values;

        Blocks(MatrixScanner matrix, long from, long to, int maxElements, DenseBlock.Consumer consumer) {
            this.matrix = matrix;
            this.first = from;
            this.to = to;
            this.blockRows = Math.max(1, maxElements / Math.max(1, matrix.columns()));
            this.consumer = consumer;
        }

        void add(RowBlock block) {
            int columns = matrix.columns();
            for (int row = 0; row < block.rows(); row++) {
                int rows = (int) Math.min(blockRows, to - first);
                if (values == null) {
                    values = Values.allocate(matrix.type(), Math.multiplyExact(rows, columns));
                }
                int start = block.indptr()[row];
                int n = block.indptr()[row + 1] - start;
                int[] targets = new int[n];
                for (int i = 0; i < n; i++) {
                    targets[i] = filled * columns + block.indices()[start + i];
                }
                ValueArrays.scatter(ValueArrays.slice(block.values(), start, n), targets, n, values);
                filled++;
                if (filled == rows) {
                    consumer.accept(new DenseBlock(first, rows, columns, values));
                    first += rows;
                    filled = 0;
                    values = null;
                }
            }
        }
    }
}
