package io.hox.stored.hdf5;

import io.hox.source.ValueArrays;
import io.hox.stored.RowBands;
import io.hox.stored.RowReader;
import io.hox.zarr.Values;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import java.nio.ByteBuffer;

/** Reads rows of a two-dimensional dataset. */
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
    private final ChunkDecoder decoder;
    private final RowBands bands;

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
        if (dataset instanceof ChunkedDataset chunked && columns > 0 && rows > 0) {
            int[] chunk = file.guarded(dataset.getPath(), chunked::getChunkDimensions);
            int chunkBytes = Datasets.chunkBytes(file, dataset, type.bytes(), chunk);
            this.chunkRows = chunk[0];
            this.chunkColumns = chunk[1];
            this.decoder = new ChunkDecoder(file, dataset, chunkBytes, type.bytes());
            this.bands = new RowBands(type.type(), rows, columns, chunkRows, memory, this::load);
        } else {
            this.chunkRows = Math.max(1, rows);
            this.chunkColumns = columns;
            this.decoder = null;
            this.bands = new RowBands(type.type(), rows, columns, chunkRows, CONTIGUOUS_BYTES, this::load);
        }
    }

    @Override
    public Values read(long row, int n) {
        return bands.read(row, n);
    }

    private Values load(long start, long end) {
        Values band = Values.allocate(type.type(), Math.multiplyExact((int) (end - start), columns));
        if (decoder == null) {
            loadUnchunked(start, band);
            return band;
        }
        for (int column = 0; column < columns; column += chunkColumns) {
            loadChunk((int) start, (int) end, column, band);
        }
        return band;
    }

    private void loadChunk(int start, int end, int column, Values band) {
        int chunkStart = start / chunkRows * chunkRows;
        byte[] stored = Datasets.storedChunk(file, (ChunkedDataset) dataset, chunkStart, column);
        if (stored == null) {
            return;
        }
        byte[] bytes = decoder.decode(stored, "row " + chunkStart + ", column " + column);
        int take = Math.min(chunkColumns, columns - column);
        for (int row = start; row < end; row++) {
            int offset = (row - chunkStart) * chunkColumns * type.bytes();
            type.decode(bytes, offset, take, band, (row - start) * columns + column);
        }
    }

    private void loadUnchunked(long start, Values band) {
        String object = dataset.getPath();
        if (!(dataset instanceof ContiguousDataset contiguous)) {
            Object flat = file.guarded(object, dataset::getDataFlat);
            Values all = Datasets.values(file, object, type, flat);
            ValueArrays.copy(all, Math.toIntExact(start * columns), band, 0, band.length());
            return;
        }
        if (contiguous.getDataAddress() == UNDEFINED) {
            return;
        }
        byte[] bytes = new byte[Math.multiplyExact(band.length(), type.bytes())];
        long address = contiguous.getDataAddress() + start * columns * type.bytes();
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
