package io.hox.stored.hdf5;

import io.hox.source.ValueArrays;
import io.hox.stored.NumberReader;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import java.nio.ByteBuffer;

/**
 * Reads ranges of a one-dimensional dataset of numbers. A chunk is decoded once as long as ranges come in ascending
 * order: the last one is kept. Memory: one chunk.
 */
final class ArrayReader implements NumberReader {
    private static final int PIECE = 1 << 18;
    private static final long UNDEFINED = -1;

    private final Hdf5 file;
    private final Dataset dataset;
    private final ElementType type;
    private final long length;
    private final int chunk;
    private final ChunkDecoder decoder;
    private long currentStart = -1;
    /** The current chunk's bytes, or null where only {@link #currentValues} could be had. */
    private byte[] current;

    private Values currentValues;
    private byte[] piece;

    ArrayReader(Hdf5 file, Dataset dataset) {
        this.file = file;
        this.dataset = dataset;
        this.type = Datasets.elementType(file, dataset);
        this.length = Datasets.length(file, dataset);
        if (dataset instanceof ChunkedDataset chunked && length > 0) {
            int[] dimensions = file.guarded(dataset.getPath(), chunked::getChunkDimensions);
            int chunkBytes = Datasets.chunkBytes(file, dataset, type.bytes(), dimensions);
            this.chunk = dimensions[0];
            this.decoder = new ChunkDecoder(file, dataset, chunkBytes, type.bytes());
        } else {
            this.chunk = 0;
            this.decoder = null;
        }
    }

    @Override
    public DataType type() {
        return type.type();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void read(long from, int n, Values into, int at) {
        if (n == 0) {
            return;
        }
        if (decoder == null) {
            readUnchunked(from, n, into, at);
            return;
        }
        long end = from + n;
        for (long position = from; position < end; ) {
            long start = position / chunk * chunk;
            int inChunk = (int) (position - start);
            int take = (int) Math.min(chunk - inChunk, end - position);
            load(start);
            int target = at + (int) (position - from);
            if (current != null) {
                type.decode(current, inChunk * type.bytes(), take, into, target);
            } else {
                ValueArrays.copy(currentValues, inChunk, into, target, take);
            }
            position += take;
        }
    }

    private void load(long start) {
        if (start == currentStart) {
            return;
        }
        current = null;
        currentValues = null;
        if (start > Integer.MAX_VALUE) {
            // jHDF gives raw chunks by int offsets only.
            int n = (int) Math.min(chunk, length - start);
            String object = dataset.getPath();
            Object array = file.guarded(object, () -> dataset.getData(new long[] {start}, new int[] {n}));
            currentValues = Datasets.values(file, object, type, array);
        } else {
            byte[] stored = Datasets.storedChunk(file, (ChunkedDataset) dataset, (int) start);
            if (stored == null) {
                currentValues = Values.allocate(type.type(), chunk);
            } else {
                current = decoder.decode(stored, "element " + start);
            }
        }
        currentStart = start;
    }

    private void readUnchunked(long from, int n, Values into, int at) {
        String object = dataset.getPath();
        if (!(dataset instanceof ContiguousDataset contiguous)) {
            if (currentValues == null) {
                new Hdf5Array(file, dataset).wholeLength();
                currentValues = Datasets.values(file, object, type, file.guarded(object, dataset::getData));
            }
            ValueArrays.copy(currentValues, (int) from, into, at, n);
            return;
        }
        long address = contiguous.getDataAddress();
        if (address == UNDEFINED) {
            // Never written: zeros, which the destination already has.
            return;
        }
        if (piece == null) {
            piece = new byte[PIECE];
        }
        int most = PIECE / type.bytes();
        for (int done = 0; done < n; done += most) {
            int take = Math.min(most, n - done);
            file.read(address + (from + done) * type.bytes(), ByteBuffer.wrap(piece, 0, take * type.bytes()), object);
            type.decode(piece, 0, take, into, at + done);
        }
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
    }
}
