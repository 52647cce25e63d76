package io.hox.stored.hdf5;

import io.hox.source.ValueArrays;
import io.hox.stored.RowReader;
import io.hox.zarr.Values;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import java.nio.ByteBuffer;

/**
 * Reads rows of a two-dimensional dataset. It holds a band of whole rows, as high as the chunks where memory allows, so
 * that rows asked for in order decode every chunk once.
 */
final class DenseReader implements RowReader {
    private static final long CONTIGUOUS_BYTES = 4L << 20;
    private static final long UNDEFINED = -1;

    private final Hdf5 file;
    private final Dataset dataset;
    private final ElementType type;
    private final int rows;
    private final int columns;
    private final int chunkRows;
    private final int chunkColumns;
    private final int bandRows;
    private final ChunkDecoder decoder;
    private Values band;
    private int bandStart;
    private int bandEnd;

    DenseReader(Hdf5 file, Dataset dataset, long memory) {
        this.file = file;
        this.dataset = dataset;
        this.type = Datasets.elementType(file, dataset);
        long[] shape = Datasets.shape(file, dataset);
        if (shape.length != 2 || Math.max(shape[0], shape[1]) > Integer.MAX_VALUE) {
            throw file.failure(dataset.getPath(), "is no matrix of less than 2^31 rows and columns");
        }
        this.rows = (int) shape[0];
        this.columns = (int) shape[1];
        long rowBytes = (long) columns * type.bytes();
        if (dataset instanceof ChunkedDataset chunked && rowBytes > 0 && rows > 0) {
            int[] chunk = file.guarded(dataset.getPath(), chunked::getChunkDimensions);
            int chunkBytes = Datasets.chunkBytes(file, dataset, type.bytes(), chunk);
            this.chunkRows = chunk[0];
            this.chunkColumns = chunk[1];
            this.decoder = new ChunkDecoder(file, dataset, chunkBytes, type.bytes());
            this.bandRows = (int) Math.min(chunkRows, Math.max(1, memory / rowBytes));
        } else {
            this.chunkRows = rows;
            this.chunkColumns = columns;
            this.decoder = null;
            this.bandRows = (int) Math.min(Math.max(1, rows), Math.max(1, CONTIGUOUS_BYTES / Math.max(1, rowBytes)));
        }
    }

    @Override
    public Values read(long first, int n) {
        int row = (int) first;
        Values values = Values.allocate(type.type(), Math.multiplyExact(n, columns));
        for (int done = 0; done < n; ) {
            load(row + done);
            int take = Math.min(n - done, bandEnd - row - done);
            ValueArrays.copy(band, (row + done - bandStart) * columns, values, done * columns, take * columns);
            done += take;
        }
        return values;
    }

    private void load(int row) {
        if (band != null && row >= bandStart && row < bandEnd) {
            return;
        }
        // A band never crosses into the next chunks.
        int chunkStart = row / Math.max(1, chunkRows) * chunkRows;
        bandStart = chunkStart + (row - chunkStart) / bandRows * bandRows;
        bandEnd = (int) Math.min(Math.min((long) bandStart + bandRows, (long) chunkStart + chunkRows), rows);
        band = Values.allocate(type.type(), Math.multiplyExact(bandEnd - bandStart, columns));
        if (decoder == null) {
            loadUnchunked();
            return;
        }
        for (int column = 0; column < columns; column += chunkColumns) {
            loadChunk(chunkStart, column);
        }
    }

    private void loadChunk(int chunkStart, int column) {
        byte[] stored = Datasets.storedChunk(file, (ChunkedDataset) dataset, chunkStart, column);
        if (stored == null) {
            return;
        }
        byte[] bytes = decoder.decode(stored, "row " + chunkStart + ", column " + column);
        int take = Math.min(chunkColumns, columns - column);
        for (int row = bandStart; row < bandEnd; row++) {
            int offset = (row - chunkStart) * chunkColumns * type.bytes();
            type.decode(bytes, offset, take, band, (row - bandStart) * columns + column);
        }
    }

    private void loadUnchunked() {
        String object = dataset.getPath();
        if (!(dataset instanceof ContiguousDataset contiguous)) {
            Object flat = file.guarded(object, dataset::getDataFlat);
            Values all = Datasets.values(file, object, type, flat);
            ValueArrays.copy(all, bandStart * columns, band, 0, band.length());
            return;
        }
        if (contiguous.getDataAddress() == UNDEFINED) {
            return;
        }
        byte[] bytes = new byte[Math.multiplyExact(band.length(), type.bytes())];
        long address = contiguous.getDataAddress() + (long) bandStart * columns * type.bytes();
        file.read(address, ByteBuffer.wrap(bytes), object);
        type.decode(bytes, 0, band.length(), band, 0);
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
    }
}
