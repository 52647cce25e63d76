package io.hox.ingest;

import io.hox.HoxException;
import io.hox.source.DenseBlock;
import io.hox.source.Matrix;
import io.hox.source.MatrixScanner;
import io.hox.source.RowBlock;
import io.hox.source.RowNormaliser;
import io.hox.source.SparseToDense;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A matrix of 32-bit floats in memory that pretends to be stored in one way or another. */
final class MadeMatrix implements MatrixScanner {
    final int[][] indices;
    final float[][] values;
    private final int columns;
    private Matrix.Layout layout = Matrix.Layout.CSR;
    private boolean splittable = true;
    private Runnable atBlock = () -> {};
    /** The largest block that was ever asked for. */
    final AtomicLong largestBlock = new AtomicLong();

    MadeMatrix(int columns, int[][] indices, float[][] values) {
        this.columns = columns;
        this.indices = indices;
        this.values = values;
    }

    /** Rows of all lengths, empty ones and one of all columns among them, with some stored zeros. */
    static MadeMatrix random(long seed, int rows, int columns) {
        Random random = new Random(seed);
        int[][] indices = new int[rows][];
        float[][] values = new float[rows][];
        for (int row = 0; row < rows; row++) {
            double density = row == rows / 2 ? 1 : row % 3 == 0 ? 0 : random.nextDouble();
            indices[row] = random.ints(0, columns)
                    .limit((long) (density * columns))
                    .distinct()
                    .sorted()
                    .toArray();
            if (row == rows / 2) {
                indices[row] = IntStream.range(0, columns).toArray();
            }
            values[row] = new float[indices[row].length];
            for (int i = 0; i < values[row].length; i++) {
                values[row][i] = random.nextInt(8) == 0 ? 0 : random.nextInt(1000);
            }
        }
        return new MadeMatrix(columns, indices, values);
    }

    /** The same entries in every place as another matrix, other values. */
    MadeMatrix scaled(float factor) {
        float[][] scaled = new float[values.length][];
        for (int row = 0; row < scaled.length; row++) {
            scaled[row] = values[row].clone();
            for (int i = 0; i < scaled[row].length; i++) {
                scaled[row][i] *= factor;
            }
        }
        return new MadeMatrix(columns, indices, scaled);
    }

    MadeMatrix as(Matrix.Layout kind) {
        layout = kind;
        return this;
    }

    MadeMatrix unsplittable() {
        splittable = false;
        return this;
    }

    /** Runs before every block of a scan. */
    MadeMatrix atBlock(Runnable action) {
        atBlock = action;
        return this;
    }

    @Override
    public Matrix.Layout layout() {
        return layout;
    }

    @Override
    public DataType type() {
        return DataType.FLOAT32;
    }

    @Override
    public long rows() {
        return indices.length;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public long entries() {
        return layout == Matrix.Layout.DENSE
                ? rows() * columns
                : Arrays.stream(indices).mapToLong(r -> r.length).sum();
    }

    @Override
    public boolean splittable() {
        return splittable;
    }

    @Override
    public long[] offsets(long from, long to) {
        if (layout != Matrix.Layout.CSR) {
            return null;
        }
        long[] offsets = new long[(int) (to - from) + 1];
        for (int row = 0; row < to; row++) {
            int at = Math.max(0, (int) (row + 1 - from));
            long before = row < from ? offsets[0] : offsets[at - 1];
            offsets[at] = before + indices[row].length;
        }
        return offsets;
    }

    @Override
    public boolean countEntries(long from, long to, int blockRows, long[] totals) {
        if (layout != Matrix.Layout.CSC) {
            return false;
        }
        long entry = 0;
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < indices.length; row++) {
                for (int index : indices[row]) {
                    if (index == column) {
                        if (entry >= from && entry < to) {
                            totals[row / blockRows]++;
                        }
                        entry++;
                    }
                }
            }
        }
        return true;
    }

    @Override
    public long scan(long from, long to, int maxEntries, RowBlock.Consumer consumer) {
        if (!splittable && (from != 0 || to != rows())) {
            throw new AssertionError("rows " + from + " to " + to + " of a matrix that can't be split");
        }
        RowNormaliser normaliser = new RowNormaliser(HoxException::new);
        // Odd blocks, so that their borders are never those of shards.
        for (int row = (int) from; row < to; row += 7) {
            atBlock.run();
            int end = (int) Math.min(to, row + 7);
            consumer.accept(normaliser.normalise(row, indptr(row, end), join(row, end), data(row, end)));
        }
        largestBlock.accumulateAndGet(maxEntries, Math::max);
        return normaliser.rows();
    }

    private int[] indptr(int from, int to) {
        int[] indptr = new int[to - from + 1];
        for (int row = from; row < to; row++) {
            indptr[row - from + 1] = indptr[row - from] + length(row);
        }
        return indptr;
    }

    /** Zeros of a dense matrix are not there. */
    private int length(int row) {
        return entriesOf(row).size();
    }

    private List<Integer> entriesOf(int row) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < indices[row].length; i++) {
            if (layout != Matrix.Layout.DENSE || values[row][i] != 0) {
                kept.add(i);
            }
        }
        return kept;
    }

    private int[] join(int from, int to) {
        List<Integer> all = new ArrayList<>();
        for (int row = from; row < to; row++) {
            for (int i : entriesOf(row)) {
                all.add(indices[row][i]);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private Values data(int from, int to) {
        List<Float> all = new ArrayList<>();
        for (int row = from; row < to; row++) {
            for (int i : entriesOf(row)) {
                all.add(values[row][i]);
            }
        }
        float[] data = new float[all.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = all.get(i);
        }
        return Values.of(DataType.FLOAT32, data);
    }

    @Override
    public void scanDense(long from, long to, int maxElements, DenseBlock.Consumer consumer) {
        SparseToDense.scan(this, from, to, maxElements, consumer);
    }
}
