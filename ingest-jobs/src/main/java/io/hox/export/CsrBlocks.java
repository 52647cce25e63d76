package io.hox.export;

import io.hox.HoxException;
import io.hox.h5ad.CsrSink;
import io.hox.source.RowBlock;
import java.util.Arrays;
import java.util.List;

/**
 * Collects cell vectors and hands them on as CSR blocks, one sink a layer. Global indices become columns of the file;
 * features outside the axis are left out, and so are zeros: a matrix in a file can't tell them from unmeasured.
 */
final class CsrBlocks {
    private static final int BLOCK_ENTRIES = 1 << 20;
    private static final int BLOCK_ROWS = 1 << 16;

    private final int[] columnOf;
    private final List<MatrixLayer> layers;
    private final List<CsrSink> sinks;
    private final int[][] indptr;
    private final int[][] columns;
    private final double[][] doubles;
    private final long[][] longs;
    private long firstRow;
    private int rows;

    /** @param columnOf column of each global index, -1 where it is not on the axis; longer indices are not on it */
    CsrBlocks(int[] columnOf, List<MatrixLayer> layers, List<CsrSink> sinks) {
        this.columnOf = columnOf;
        this.layers = layers;
        this.sinks = sinks;
        int n = layers.size();
        this.indptr = new int[n][BLOCK_ROWS + 1];
        this.columns = new int[n][1024];
        this.doubles = new double[n][1024];
        this.longs = new long[n][1024];
    }

    void add(CellVector cell) {
        boolean full = rows == BLOCK_ROWS;
        for (int layer = 0; layer < layers.size(); layer++) {
            full |= indptr[layer][rows] > 0 && indptr[layer][rows] + cell.getIndices().length > BLOCK_ENTRIES;
        }
        if (full) {
            flush();
        }
        for (int layer = 0; layer < layers.size(); layer++) {
            addLayer(layer, cell);
        }
        rows++;
    }

    private void addLayer(int number, CellVector cell) {
        MatrixLayer layer = layers.get(number);
        int[] indices = cell.getIndices();
        double[] real = layer.isLong() ? null : cell.getDoubles()[layer.slot()];
        long[] whole = layer.isLong() ? cell.getLongs()[layer.slot()] : null;
        if (real == null && whole == null) {
            throw new HoxException("cell " + cell.getUid() + " has no layer " + layer.name()
                    + ": its dataset does not hold it. Choose other layers with --layers, or leave such cells out with"
                    + " --where");
        }
        int at = indptr[number][rows];
        reserve(number, at + indices.length);
        for (int i = 0; i < indices.length; i++) {
            int column = indices[i] < columnOf.length ? columnOf[indices[i]] : -1;
            boolean zero = real != null ? real[i] == 0 : whole[i] == 0;
            if (column >= 0 && !zero) {
                columns[number][at] = column;
                if (real != null) {
                    doubles[number][at] = real[i];
                } else {
                    longs[number][at] = whole[i];
                }
                at++;
            }
        }
        indptr[number][rows + 1] = at;
    }

    private void reserve(int layer, int length) {
        if (columns[layer].length < length) {
            int larger = Math.max(length, columns[layer].length * 2);
            columns[layer] = Arrays.copyOf(columns[layer], larger);
            doubles[layer] = Arrays.copyOf(doubles[layer], larger);
            longs[layer] = Arrays.copyOf(longs[layer], larger);
        }
    }

    /** Hands on what is there; call once more at the end. */
    void flush() {
        for (int layer = 0; layer < layers.size(); layer++) {
            int n = indptr[layer][rows];
            sinks.get(layer)
                    .append(new RowBlock(
                            firstRow,
                            rows,
                            Arrays.copyOf(indptr[layer], rows + 1),
                            Arrays.copyOf(columns[layer], n),
                            layers.get(layer).narrow(doubles[layer], longs[layer], n)));
        }
        firstRow += rows;
        rows = 0;
    }
}
