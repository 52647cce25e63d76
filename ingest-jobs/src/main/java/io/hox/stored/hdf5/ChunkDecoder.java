package io.hox.stored.hdf5;

import io.hox.HoxException;
import io.jhdf.api.Dataset;
import io.jhdf.filter.PipelineFilterWithData;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the filters of one dataset's chunks into a reused buffer. jHDF's own pipeline copies each chunk several times
 * through streams; this is three to four times faster.
 */
final class ChunkDecoder implements AutoCloseable {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final int LZF = 32000;
    /** No deflate stream expands further than this; lzf's limit is lower. */
    private static final int LARGEST_EXPANSION = 1032;

    private final Hdf5 file;
    private final String object;
    private final int[] filters;
    private final int chunkBytes;
    private final int elementBytes;
    private Inflater inflater;
    private byte[] decoded = {};
    private byte[] spare = {};

    ChunkDecoder(Hdf5 file, Dataset dataset, int chunkBytes, int elementBytes) {
        this.file = file;
        this.object = dataset.getPath();
        this.chunkBytes = chunkBytes;
        this.elementBytes = elementBytes;
        this.filters = filters(file, dataset);
    }

    private static int[] filters(Hdf5 file, Dataset dataset) {
        String object = dataset.getPath();
        List<PipelineFilterWithData> pipeline;
        try {
            pipeline = dataset.getFilters();
        } catch (RuntimeException e) {
            throw unsupported(file, object, String.valueOf(e.getMessage()), e);
        }
        int[] ids = new int[pipeline.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = pipeline.get(i).getId();
            if (ids[i] != DEFLATE && ids[i] != SHUFFLE && ids[i] != FLETCHER32 && ids[i] != LZF) {
                throw unsupported(file, object, pipeline.get(i).getName() + ", id " + ids[i], null);
            }
        }
        return ids;
    }

    private static HoxException unsupported(Hdf5 file, String object, String filter, Throwable cause) {
        return new HoxException(
                file.name() + ": " + object + " is compressed with a filter that is not supported (" + filter
                        + "). Supported: gzip, lzf, shuffle, fletcher32. Write it again, for example"
                        + " anndata.read_h5ad(FILE).write_h5ad(NEW, compression=\"gzip\").",
                cause);
    }

    /** The chunk's bytes, at least {@code chunkBytes} of them; valid until the next call. */
    byte[] decode(byte[] stored, String chunk) {
        if (stored.length > chunkBytes + (chunkBytes >>> 3) + 64L
                || (long) stored.length * LARGEST_EXPANSION + 64 < chunkBytes) {
            throw damaged(chunk, stored.length + " stored bytes cannot make " + chunkBytes, null);
        }
        byte[] current = stored;
        int length = stored.length;
        for (int i = filters.length - 1; i >= 0; i--) {
            switch (filters[i]) {
                case DEFLATE -> {
                    length = inflate(current, length, chunk);
                    current = decoded;
                }
                case LZF -> {
                    // A chunk that lzf could not shrink is stored as it is.
                    if (length != chunkBytes) {
                        reserve();
                        try {
                            length = Lzf.decode(current, length, decoded, chunkBytes);
                        } catch (IndexOutOfBoundsException e) {
                            throw damaged(chunk, "its lzf stream is not valid", e);
                        }
                        current = decoded;
                    }
                }
                case FLETCHER32 -> length -= 4;
                default -> current = unshuffle(current, length);
            }
        }
        if (length != chunkBytes) {
            throw damaged(chunk, "it holds " + length + " bytes instead of " + chunkBytes, null);
        }
        return current;
    }

    private int inflate(byte[] source, int length, String chunk) {
        reserve();
        if (inflater == null) {
            inflater = new Inflater();
        }
        inflater.reset();
        inflater.setInput(source, 0, length);
        try {
            int at = 0;
            while (at < chunkBytes) {
                int n = inflater.inflate(decoded, at, chunkBytes - at);
                if (n == 0) {
                    break;
                }
                at += n;
            }
            return at;
        } catch (DataFormatException e) {
            throw damaged(chunk, "its gzip stream is not valid", e);
        }
    }

    private byte[] unshuffle(byte[] source, int length) {
        int n = length / elementBytes;
        if (spare.length < chunkBytes) {
            spare = new byte[chunkBytes];
        }
        int at = 0;
        for (int b = 0; b < elementBytes; b++) {
            for (int i = b; at < n * (b + 1); i += elementBytes) {
                spare[i] = source[at++];
            }
        }
        System.arraycopy(source, at, spare, at, Math.min(length, chunkBytes) - at);
        byte[] shuffled = decoded;
        decoded = spare;
        spare = shuffled;
        return decoded;
    }

    private void reserve() {
        if (decoded.length < chunkBytes) {
            decoded = new byte[chunkBytes];
        }
    }

    private HoxException damaged(String chunk, String what, Throwable cause) {
        return new HoxException(
                file.name() + ": " + object + ", chunk at " + chunk + ", is damaged: " + what
                        + ". Copy or download the file again.",
                cause);
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
        }
    }
}
