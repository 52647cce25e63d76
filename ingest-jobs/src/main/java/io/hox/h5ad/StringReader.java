package io.hox.h5ad;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads datasets of text, of fixed and of variable length. */
final class StringReader {
    /** Rows read at once: heaps that several rows share are then loaded once, and the total can be watched. */
    private static final int SLICE = 1 << 15;
    /** A column's text beyond this is taken for damage or malice: many references to one long string cost no disk. */
    private static final long MOST_CHARACTERS = 1L << 30;

    private static final long UNDEFINED = -1;

    private StringReader() {}

    static boolean isText(DataType type) {
        return type instanceof StringData
                || type instanceof VariableLength variable && variable.isVariableLengthString();
    }

    /** All strings of a one-dimensional dataset, or the single one of a scalar. */
    static String[] readAll(Hdf5 file, Dataset dataset) {
        String object = dataset.getPath();
        if (Datasets.shape(file, dataset).length == 0) {
            Object text = file.guarded(object, dataset::getData);
            return new String[] {String.valueOf(text)};
        }
        int n = Datasets.wholeLength(file, dataset);
        String[] strings = new String[n];
        int step = step(file, dataset, n);
        long characters = 0;
        for (int from = 0; from < n; from += step) {
            String[] slice = slice(file, dataset, from, Math.min(step, n - from));
            for (String text : slice) {
                characters += text.length();
            }
            if (characters > MOST_CHARACTERS) {
                throw file.failure(
                        object,
                        "holds more than " + (MOST_CHARACTERS >> 20)
                                + " Mi characters of text. Leave the column out or make it categorical");
            }
            System.arraycopy(slice, 0, strings, from, slice.length);
        }
        return strings;
    }

    private static int step(Hdf5 file, Dataset dataset, int n) {
        if (dataset instanceof ChunkedDataset chunked && n > 0) {
            int chunk = file.guarded(dataset.getPath(), chunked::getChunkDimensions)[0];
            return Math.max(1, SLICE / Math.max(1, chunk)) * Math.max(1, chunk);
        }
        return dataset instanceof ContiguousDataset ? SLICE : Math.max(1, n);
    }

    private static String[] slice(Hdf5 file, Dataset dataset, int from, int count) {
        String object = dataset.getPath();
        DataType type = dataset.getDataType();
        Object data;
        if (dataset instanceof ChunkedDataset chunked) {
            ByteBuffer bytes =
                    ByteBuffer.wrap(chunks(file, chunked, from, count)).order(ByteOrder.LITTLE_ENDIAN);
            data = file.guarded(object, () -> type.fillData(bytes, new int[] {count}, file.storage()));
        } else if (dataset instanceof ContiguousDataset contiguous) {
            byte[] bytes = new byte[Math.multiplyExact(count, type.getSize())];
            if (contiguous.getDataAddress() != UNDEFINED) {
                long address = contiguous.getDataAddress() + (long) from * type.getSize();
                file.read(address, ByteBuffer.wrap(bytes), object);
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            data = file.guarded(object, () -> type.fillData(buffer, new int[] {count}, file.storage()));
        } else {
            data = file.guarded(object, dataset::getData);
        }
        if (data instanceof String[] strings && strings.length == count) {
            return strings;
        }
        throw file.failure(object, "cannot be read as text");
    }

    /** The bytes of some whole chunks, cut off after {@code count} elements. */
    private static byte[] chunks(Hdf5 file, ChunkedDataset dataset, int from, int count) {
        int elementBytes = dataset.getDataType().getSize();
        int[] chunk = file.guarded(dataset.getPath(), dataset::getChunkDimensions);
        int chunkBytes = Datasets.chunkBytes(file, dataset, elementBytes, chunk);
        byte[] bytes = new byte[Math.multiplyExact(count, elementBytes)];
        try (ChunkDecoder decoder = new ChunkDecoder(file, dataset, chunkBytes, elementBytes)) {
            for (int done = 0; done < count; done += chunk[0]) {
                byte[] stored = Datasets.storedChunk(file, dataset, from + done);
                if (stored != null) {
                    byte[] decoded = decoder.decode(stored, "element " + (from + done));
                    int take = Math.min(chunk[0], count - done);
                    System.arraycopy(decoded, 0, bytes, done * elementBytes, take * elementBytes);
                }
            }
        }
        return bytes;
    }
}
