package io.hox.stored.hdf5;

import io.hox.stored.TextReader;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads ranges of datasets of text, of fixed and of variable length. The last chunk is kept; heaps that several strings
 * of a range share are loaded once.
 */
final class StringReader implements TextReader {
    private static final long UNDEFINED = -1;

    private final Hdf5 file;
    private final Dataset dataset;
    private final DataType type;
    private final int chunk;
    private final ChunkDecoder decoder;
    private long currentStart = -1;
    /** The current chunk's bytes, or null where it was never written. */
    private byte[] current;

    private String[] whole;

    StringReader(Hdf5 file, Dataset dataset) {
        this.file = file;
        this.dataset = dataset;
        this.type = file.guarded(dataset.getPath(), dataset::getDataType);
        if (!isText(type)) {
            throw file.failure(dataset.getPath(), "holds " + Datasets.typeName(type) + " where text is needed");
        }
        if (dataset instanceof ChunkedDataset chunked && Datasets.length(file, dataset) > 0) {
            int[] dimensions = file.guarded(dataset.getPath(), chunked::getChunkDimensions);
            int chunkBytes = Datasets.chunkBytes(file, dataset, type.getSize(), dimensions);
            this.chunk = dimensions[0];
            this.decoder = new ChunkDecoder(file, dataset, chunkBytes, type.getSize());
        } else {
            this.chunk = 0;
            this.decoder = null;
        }
    }

    static boolean isText(DataType type) {
        return type instanceof StringData
                || type instanceof VariableLength variable && variable.isVariableLengthString();
    }

    @Override
    public String[] read(long from, int n) {
        if (n == 0) {
            return new String[0];
        }
        byte[] bytes;
        if (decoder != null) {
            bytes = chunked(from, n);
        } else if (dataset instanceof ContiguousDataset contiguous && Datasets.shape(file, dataset).length == 1) {
            bytes = contiguous(contiguous, from, n);
        } else {
            return Arrays.copyOfRange(whole(), (int) from, (int) from + n);
        }
        if (type instanceof StringData fixed) {
            return FixedText.decode(fixed, bytes, n);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Object data = file.guarded(dataset.getPath(), () -> type.fillData(buffer, new int[] {n}, file.storage()));
        return checked(data, n);
    }

    private byte[] chunked(long from, int n) {
        int width = type.getSize();
        byte[] bytes = new byte[Math.multiplyExact(n, width)];
        long end = from + n;
        for (long position = from; position < end; ) {
            long start = position / chunk * chunk;
            if (start != currentStart) {
                byte[] stored = Datasets.storedChunk(file, (ChunkedDataset) dataset, Math.toIntExact(start));
                current = stored == null ? null : decoder.decode(stored, "element " + start);
                currentStart = start;
            }
            int inChunk = (int) (position - start);
            int take = (int) Math.min(chunk - inChunk, end - position);
            if (current != null) {
                System.arraycopy(current, inChunk * width, bytes, (int) (position - from) * width, take * width);
            }
            position += take;
        }
        return bytes;
    }

    private byte[] contiguous(ContiguousDataset contiguous, long from, int n) {
        byte[] bytes = new byte[Math.multiplyExact(n, type.getSize())];
        if (contiguous.getDataAddress() != UNDEFINED) {
            long address = contiguous.getDataAddress() + from * type.getSize();
            file.read(address, ByteBuffer.wrap(bytes), dataset.getPath());
        }
        return bytes;
    }

    /** Of a scalar, or of a dataset so small that it lies in its own header. */
    private String[] whole() {
        if (whole == null) {
            boolean scalar = Datasets.shape(file, dataset).length == 0;
            int n = scalar ? 1 : new Hdf5Array(file, dataset).wholeLength();
            Object data = file.guarded(dataset.getPath(), dataset::getData);
            whole = checked(scalar ? new String[] {String.valueOf(data)} : data, n);
        }
        return whole;
    }

    private String[] checked(Object data, int n) {
        if (data instanceof String[] strings && strings.length == n) {
            return strings;
        }
        throw file.failure(dataset.getPath(), "cannot be read as text");
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
    }
}
