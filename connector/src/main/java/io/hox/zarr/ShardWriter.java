package io.hox.zarr;

import io.hox.HoxException;
import io.hox.codec.Crc32c;
import io.hox.store.ByteSlice;
import io.hox.store.ObjectOutput;
import io.hox.store.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes chunks one after the other into shard objects; of an array that is not sharded, each into its own object. */
final class ShardWriter {
    private final ObjectStore store;
    private final String path;
    private final ArrayMetadata metadata;
    private final Grid grid;
    private final long firstShard;
    private final long[] index;
    private final ChunkEncoder encoder;

    private long shard;
    private int chunk;
    private ObjectOutput output;

    ShardWriter(ObjectStore store, String path, ArrayMetadata metadata, long firstShard) {
        this.store = store;
        this.path = path;
        this.metadata = metadata;
        this.grid = metadata.grid();
        this.firstShard = firstShard;
        this.shard = firstShard;
        this.index = new long[2 * grid.chunksPerShard];
        this.encoder = new ChunkEncoder(metadata.codecs(), metadata.type(), grid.chunkElements);
        if (metadata.isSharded() && !metadata.shardLayout().indexAtEnd()) {
            throw new HoxException("array '" + path + "': shards with their index at the start cannot be written");
        }
    }

    /** Writes the chunk that starts at {@code at}. */
    void write(Values values, int at) {
        try {
            if (output == null) {
                output = store.create(key(shard));
                Arrays.fill(index, -1);
            }
            boolean stored = !metadata.isSharded() || !values.all(metadata.fillBits(), at, at + grid.chunkElements);
            if (stored) {
                ByteSlice encoded = encoder.encode(values, at);
                index[2 * chunk] = output.position();
                index[2 * chunk + 1] = encoded.length();
                output.write(encoded.array(), encoded.offset(), encoded.length());
            }
            if (++chunk == grid.chunksPerShard) {
                finish();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Completes the shard that is being written. */
    void finish() {
        if (output == null) {
            return;
        }
        try {
            if (metadata.isSharded()) {
                writeIndex();
            }
            output.close();
        } catch (IOException e) {
            throw failure(e);
        }
        output = null;
        chunk = 0;
        shard++;
    }

    private void writeIndex() throws IOException {
        ShardLayout layout = metadata.shardLayout();
        byte[] bytes = new byte[layout.indexBytes(grid.chunksPerShard)];
        int entries = 16 * grid.chunksPerShard;
        ByteBuffer.wrap(bytes, 0, entries).order(layout.order()).asLongBuffer().put(index);
        if (layout.checksum()) {
            LittleEndian.putInt(bytes, entries, Crc32c.of(bytes, 0, entries));
        }
        output.write(bytes, 0, bytes.length);
    }

    /** Gives up the shard that is being written; never throws. */
    void abort() {
        if (output != null) {
            output.abort();
            output = null;
        }
    }

    /** Removes the shards that were completed; never throws. */
    void delete() {
        while (shard > firstShard) {
            shard--;
            try {
                store.delete(key(shard));
            } catch (HoxException e) {
                // The caller is handling another failure; an object without a document is seen by nobody.
                continue;
            }
        }
    }

    private String key(long number) {
        long[] coordinates = new long[grid.shape.length];
        coordinates[0] = number;
        return metadata.keys().key(path, coordinates);
    }

    private HoxException failure(IOException e) {
        return new HoxException("cannot write '" + key(shard) + "' in store " + store.uri() + ": " + e.getMessage(), e);
    }
}
