package io.hox.h5ad;

import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Deflater;

/**
 * A one-dimensional dataset that is written piece by piece, in chunks of 64 Ki elements. Memory: one chunk, and a few
 * bytes per chunk written.
 */
final class ChunkedOutput {
    private static final int CHUNK = 1 << 16;

    private final HdfOutput out;
    private final byte[] type;
    private final int elementBytes;
    private final int level;
    private final ByteBuffer chunk;
    private final ChunkTree tree;
    private byte[] compressed = {};
    private long elements;

    ChunkedOutput(HdfOutput out, byte[] type, int elementBytes, int level) {
        this.out = out;
        this.type = type;
        this.elementBytes = elementBytes;
        this.level = level;
        this.chunk = ByteBuffer.allocate(CHUNK * elementBytes).order(ByteOrder.LITTLE_ENDIAN);
        this.tree = new ChunkTree();
    }

    static ChunkedOutput of(HdfOutput out, DataType type, int level) {
        return new ChunkedOutput(out, HdfType.of(type), type.bytes(), level);
    }

    static ChunkedOutput strings(HdfOutput out, int level) {
        return new ChunkedOutput(out, HdfType.string(), HdfType.STRING_REFERENCE, level);
    }

    void append(Values values, int from, int n) {
        for (int done = 0; done < n; ) {
            int take = Math.min(n - done, chunk.remaining() / elementBytes);
            put(values, from + done, take);
            done += take;
            added(take);
        }
    }

    private void put(Values values, int from, int n) {
        switch (values.type()) {
            case BOOL, INT8, UINT8 -> chunk.put(values.bytes(), from, n);
            case INT16, UINT16 -> chunk.slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asShortBuffer()
                    .put(values.shorts(), from, n);
            case INT32, UINT32 -> chunk.slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer()
                    .put(values.ints(), from, n);
            case INT64, UINT64 -> chunk.slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer()
                    .put(values.longs(), from, n);
            case FLOAT32 -> chunk.slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(values.floats(), from, n);
            case FLOAT64 -> chunk.slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .put(values.doubles(), from, n);
        }
        if (elementBytes > 1) {
            chunk.position(chunk.position() + n * elementBytes);
        }
    }

    void append(String text) {
        out.putString(text, chunk);
        added(1);
    }

    private void added(int n) {
        elements += n;
        if (!chunk.hasRemaining()) {
            flush(CHUNK);
        }
    }

    private void flush(int chunkElements) {
        int bytes = chunkElements * elementBytes;
        java.util.Arrays.fill(chunk.array(), chunk.position(), bytes, (byte) 0);
        chunk.clear();
        if (level == 0) {
            tree.add(out.append(chunk.array(), bytes), bytes);
            return;
        }
        Deflater deflater = new Deflater(level);
        try {
            if (compressed.length == 0) {
                compressed = new byte[bytes + (bytes >>> 8) + 64];
            }
            deflater.setInput(chunk.array(), 0, bytes);
            deflater.finish();
            int n = deflater.deflate(compressed);
            tree.add(out.append(compressed, n), n);
        } finally {
            deflater.end();
        }
    }

    /** Completes the dataset; the header still lacks its attributes. */
    ObjectHeader finish() {
        ObjectHeader header = ObjectHeader.dataset(type, HdfType.space(elements));
        if (elements == 0) {
            return header.empty();
        }
        // A dataset of less than a chunk is one chunk of its own size.
        int chunkElements = (int) Math.min(CHUNK, elements);
        if (chunk.position() > 0) {
            flush(chunkElements);
        }
        return header.chunked(tree.write(out, chunkElements), chunkElements, elementBytes, level);
    }
}
