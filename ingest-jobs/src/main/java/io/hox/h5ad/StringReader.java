package io.hox.h5ad;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.StringData;
import io.jhdf.object.datatype.VariableLength;
import java.util.Arrays;

/** Reads datasets of text, of fixed and of variable length. */
final class StringReader {
    /** Rows read at once: heaps that several rows share are then loaded once, and the total can be watched. */
    private static final int SLICE = 1 << 15;
    /** A column's text beyond this is taken for damage or malice: many references to one long string cost no disk. */
    private static final long MOST_CHARACTERS = 1L << 30;

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
            String[] slice = slice(file, dataset, from, Math.min(step, n - from), n);
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
        if (n == 0) {
            return 1;
        }
        if (dataset instanceof ChunkedDataset chunked) {
            int[] chunk = file.guarded(dataset.getPath(), chunked::getChunkDimensions);
            int chunkBytes =
                    Datasets.chunkBytes(file, dataset, dataset.getDataType().getSize(), chunk);
            new ChunkDecoder(file, dataset, chunkBytes, 1).close();
            return Math.max(1, SLICE / chunk[0]) * chunk[0];
        }
        return dataset instanceof ContiguousDataset ? SLICE : n;
    }

    private static String[] slice(Hdf5 file, Dataset dataset, int from, int count, int n) {
        String object = dataset.getPath();
        boolean whole = from == 0 && count == n && !(dataset instanceof ContiguousDataset);
        Object data = file.guarded(object, () -> whole ? dataset.getData() : slice(dataset, from, count));
        if (data instanceof String[] strings && strings.length == count) {
            return strings;
        }
        throw file.failure(object, "cannot be read as text");
    }

    private static Object slice(Dataset dataset, int from, int count) {
        if (dataset instanceof ContiguousDataset contiguous && contiguous.getDataAddress() == -1) {
            String[] unwritten = new String[count];
            Arrays.fill(unwritten, "");
            return unwritten;
        }
        return dataset.getData(new long[] {from}, new int[] {count});
    }
}
