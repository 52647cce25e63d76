package io.hox.stored.hdf5;

import io.hox.HoxException;
import io.hox.zarr.Values;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.DataType;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What every reader asks of a dataset before it allocates anything. */
final class Datasets {
    /** Larger chunks are refused: one has to be decoded whole. */
    private static final long LARGEST_CHUNK = 1L << 30;

    private Datasets() {}

    /** The type of its numbers; an error for text and other kinds. */
    static ElementType elementType(Hdf5 file, Dataset dataset) {
        ElementType type = ElementType.of(file.guarded(dataset.getPath(), dataset::getDataType));
        if (type == null) {
            throw file.failure(
                    dataset.getPath(),
                    "holds " + typeName(dataset.getDataType())
                            + " where numbers of 8 to 64 bits or booleans are needed");
        }
        return type;
    }

    /** How messages name a type. */
    static String typeName(DataType type) {
        return type.getClass().getSimpleName() + " of " + type.getSize() + " bytes";
    }

    static long[] shape(Hdf5 file, Dataset dataset) {
        return file.guarded(dataset.getPath(), dataset::getDimensionsAsLong);
    }

    /** The length of a one-dimensional dataset. */
    static long length(Hdf5 file, Dataset dataset) {
        long[] shape = shape(file, dataset);
        if (shape.length != 1 || shape[0] < 0) {
            throw file.failure(dataset.getPath(), "has " + shape.length + " dimensions where one is needed");
        }
        return shape[0];
    }

    static int chunkBytes(Hdf5 file, Dataset dataset, int elementBytes, int[] chunk) {
        long bytes = elementBytes;
        for (int side : chunk) {
            bytes = side <= 0 || bytes > LARGEST_CHUNK ? Long.MAX_VALUE : bytes * side;
        }
        if (bytes > LARGEST_CHUNK) {
            throw file.failure(
                    dataset.getPath(),
                    "has chunks of " + Arrays.toString(chunk) + " elements; at most " + (LARGEST_CHUNK >> 20)
                            + " MiB a chunk can be read. Write the file again with smaller chunks");
        }
        return (int) bytes;
    }

    /** The bytes of a chunk as they are stored; null for one that was never written and counts as zeros. */
    static byte[] storedChunk(Hdf5 file, ChunkedDataset dataset, int... offset) {
        return file.guarded(dataset.getPath(), () -> {
            ByteBuffer stored;
            try {
                stored = dataset.getRawChunkBuffer(offset);
            } catch (HdfException e) {
                if (e.getMessage() != null && e.getMessage().startsWith("No chunk with offset")) {
                    return null;
                }
                throw e;
            }
            if (stored.hasArray() && stored.arrayOffset() == 0 && stored.remaining() == stored.array().length) {
                return stored.array();
            }
            byte[] bytes = new byte[stored.remaining()];
            stored.get(bytes);
            return bytes;
        });
    }

    /** An array that jHDF made, as values of that type. */
    static Values values(Hdf5 file, String object, ElementType type, Object array) {
        if (array == null) {
            return Values.allocate(type.type(), 0);
        }
        if (array instanceof String[] names) {
            byte[] flags = new byte[names.length];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = (byte) ("TRUE".equals(names[i]) ? 1 : 0);
            }
            return Values.of(type.type(), flags);
        }
        if (array instanceof boolean[] booleans) {
            byte[] flags = new byte[booleans.length];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = (byte) (booleans[i] ? 1 : 0);
            }
            return Values.of(type.type(), flags);
        }
        try {
            return Values.of(type.type(), type.type().isUnsigned() ? narrowed(type, array) : array);
        } catch (RuntimeException e) {
            throw new HoxException(file.name() + ": " + object + " cannot be read as " + type.type() + ".", e);
        }
    }

    /** jHDF widens unsigned numbers: back to their own width. */
    private static Object narrowed(ElementType type, Object array) {
        int n = java.lang.reflect.Array.getLength(array);
        Values values = Values.allocate(type.type(), n);
        for (int i = 0; i < n; i++) {
            long value = ((Number) java.lang.reflect.Array.get(array, i)).longValue();
            switch (type.bytes()) {
                case 1 -> values.bytes()[i] = (byte) value;
                case 2 -> values.shorts()[i] = (short) value;
                case 4 -> values.ints()[i] = (int) value;
                default -> values.longs()[i] = value;
            }
        }
        return switch (type.bytes()) {
            case 1 -> values.bytes();
            case 2 -> values.shorts();
            case 4 -> values.ints();
            default -> values.longs();
        };
    }
}
