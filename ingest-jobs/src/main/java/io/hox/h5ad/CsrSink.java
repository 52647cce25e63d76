package io.hox.h5ad;

import io.hox.HoxException;
import io.hox.source.RowBlock;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.io.Closeable;
import java.util.function.LongConsumer;

/** Takes the rows of one CSR matrix in order. Several sinks of a writer may be open at once. */
public final class CsrSink implements Closeable {
    private final HdfOutput out;
    private final String key;
    private final DataType type;
    private final int columns;
    private final LongConsumer done;
    private final int level;
    private final ChunkedOutput data;
    private final ChunkedOutput indices;
    private final long[] offsets;
    private int rows;
    private boolean closed;

    CsrSink(HdfOutput out, String key, DataType type, int rows, int columns, int level, LongConsumer done) {
        this.out = out;
        this.key = key;
        this.type = type;
        this.columns = columns;
        this.level = level;
        this.done = done;
        this.data = ChunkedOutput.of(out, type, level);
        this.indices = ChunkedOutput.of(out, DataType.INT32, level);
        this.offsets = new long[rows + 1];
    }

    /** Adds the next rows; {@code block.firstRow()} must be the number of rows given so far. */
    public void append(RowBlock block) {
        if (closed || block.firstRow() != rows || rows + (long) block.rows() >= offsets.length) {
            throw new HoxException("Rows " + block.firstRow() + " to " + (block.firstRow() + block.rows())
                    + " were given for matrix '" + key + "', which has " + rows + " of " + (offsets.length - 1)
                    + " rows" + (closed ? " and is complete." : "; rows come in order."));
        }
        if (block.values().type() != type) {
            throw new HoxException("Values of " + block.values().type().zarrName() + " were given for matrix '" + key
                    + "' of " + type.zarrName() + ".");
        }
        int n = block.entries();
        int[] given = block.indices();
        for (int i = 0; i < n; i++) {
            if (given[i] < 0 || given[i] >= columns) {
                throw new HoxException("Column " + given[i] + " was given for matrix '" + key + "', which has "
                        + columns + " columns.");
            }
        }
        data.append(block.values(), 0, n);
        indices.append(Values.of(DataType.INT32, given), 0, n);
        long before = offsets[rows];
        for (int i = 1; i <= block.rows(); i++) {
            offsets[rows + i] = before + block.indptr()[i];
        }
        rows += block.rows();
    }

    /** Completes the matrix; rows that were not given are empty. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (int row = rows + 1; row < offsets.length; row++) {
            offsets[row] = offsets[rows];
        }
        ObjectHeader group = ObjectHeader.group();
        group.attribute(out.text("encoding-type", "csr_matrix"));
        group.attribute(out.text("encoding-version", "0.1.0"));
        group.attribute(out.numbers("shape", offsets.length - 1, columns));
        group.link("data", out.append(data.finish()));
        group.link("indices", out.append(indices.finish()));
        group.link("indptr", indptr());
        done.accept(out.append(group));
    }

    /** As wide as the indices where that suffices: SciPy copies both when they differ. */
    private long indptr() {
        boolean wide = offsets[offsets.length - 1] > Integer.MAX_VALUE;
        ChunkedOutput dataset = ChunkedOutput.of(out, wide ? DataType.INT64 : DataType.INT32, level);
        if (wide) {
            dataset.append(Values.of(DataType.INT64, offsets), 0, offsets.length);
        } else {
            int[] narrow = new int[offsets.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (int) offsets[i];
            }
            dataset.append(Values.of(DataType.INT32, narrow), 0, narrow.length);
        }
        return out.append(dataset.finish());
    }
}
