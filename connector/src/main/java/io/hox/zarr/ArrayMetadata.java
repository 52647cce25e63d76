package io.hox.zarr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.HoxException;

/**
 * The document of an array: shape, type, chunks, codecs. Immutable. What hox has no use for (attributes, names of axes)
 * is kept and written again.
 */
public final class ArrayMetadata {
    private final ObjectNode document;
    private final DataType type;
    private final Grid grid;
    private final long fillBits;
    private final KeyEncoding keys;
    private final CodecChain codecs;
    private final ShardLayout shardLayout;

    /** @param shardLayout null when the array is not sharded */
    ArrayMetadata(
            ObjectNode document,
            DataType type,
            Grid grid,
            long fillBits,
            KeyEncoding keys,
            CodecChain codecs,
            ShardLayout shardLayout) {
        this.document = document;
        this.type = type;
        this.grid = grid;
        this.fillBits = fillBits;
        this.keys = keys;
        this.codecs = codecs;
        this.shardLayout = shardLayout;
    }

    /**
     * Reads a Zarr v3 array document.
     *
     * @param where names the document in messages
     * @throws HoxException when it is not valid, or uses what is not supported; the message says what
     */
    public static ArrayMetadata parse(byte[] json, String where) {
        return new MetadataParser(JsonText.parseObject(json, where), where).parse();
    }

    /**
     * A sharded array as the reference writes it.
     *
     * @param chunkShape of the inner chunks
     * @param shardShape a multiple of the chunk's along every axis
     * @throws HoxException when the shapes do not fit together
     */
    public static ArrayMetadata sharded(
            DataType type, long[] shape, int[] chunkShape, long[] shardShape, Compression compression) {
        return built(MetadataBuilder.sharded(type, shape, chunkShape, shardShape, compression));
    }

    /** An array whose chunks are objects of their own, for small arrays. */
    static ArrayMetadata unsharded(DataType type, long[] shape, int[] chunkShape, Compression compression) {
        return built(MetadataBuilder.unsharded(type, shape, chunkShape, compression));
    }

    /** A sharded 1-D array with the sizes of {@link ChunkSizes}, of length 0. */
    public static ArrayMetadata sparse(DataType type, Compression compression) {
        return sharded(
                type,
                new long[] {0},
                new int[] {ChunkSizes.SPARSE_CHUNK},
                new long[] {ChunkSizes.SPARSE_SHARD},
                compression);
    }

    /** A sharded (rows, features) array with the sizes of {@link ChunkSizes}, of no rows. */
    public static ArrayMetadata dense(DataType type, int features, Compression compression) {
        return dense(type, new int[] {features}, compression);
    }

    /** A sharded (rows, ...) array with the sizes of {@link ChunkSizes}, of no rows. @param rowShape all other axes */
    public static ArrayMetadata dense(DataType type, int[] rowShape, Compression compression) {
        long[] shape = new long[rowShape.length + 1];
        int[] chunk = new int[shape.length];
        long[] shard = new long[shape.length];
        long rowElements = 1;
        for (int k = 1; k < shape.length; k++) {
            shape[k] = rowShape[k - 1];
            chunk[k] = rowShape[k - 1];
            shard[k] = rowShape[k - 1];
            rowElements *= rowShape[k - 1];
        }
        chunk[0] = ChunkSizes.denseChunkRows(rowElements);
        shard[0] = ChunkSizes.denseShardRows(rowElements);
        return sharded(type, shape, chunk, shard, compression);
    }

    private static ArrayMetadata built(ObjectNode document) {
        return new MetadataParser(document, "new array").parse();
    }

    /** The length of every axis. */
    public long[] shape() {
        return grid.shape.clone();
    }

    /** The number of elements. */
    long elements() {
        return grid.elements();
    }

    /** The shape of the unit of decoding: the inner chunks of a sharded array. */
    public int[] chunkShape() {
        return grid.chunk.clone();
    }

    /** The shape of a shard; null when the array is not sharded. */
    public long[] shardShape() {
        if (shardLayout == null) {
            return null;
        }
        long[] shard = new long[grid.chunk.length];
        for (int k = 0; k < shard.length; k++) {
            shard[k] = (long) grid.chunk[k] * grid.perShard[k];
        }
        return shard;
    }

    /** Whether chunks lie together in shards. */
    public boolean isSharded() {
        return shardLayout != null;
    }

    /** The type of the elements. */
    public DataType type() {
        return type;
    }

    /** How many bytes an element takes in the store, about: what its codecs make of typical numbers. */
    public double storedBytes() {
        return codecs.typicalBytes(type);
    }

    /** The names of the chunks' codecs behind the byte order, in the order of writing: {@code zstd} for example. */
    String[] compressors() {
        String[] names = new String[codecs.steps().size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = codecs.steps().get(i).name();
        }
        return names;
    }

    /** The same array with another shape of the same rank. */
    ArrayMetadata withShape(long... shape) {
        ObjectNode changed = document.deepCopy();
        ArrayNode node = changed.putArray("shape");
        for (long length : shape) {
            node.add(length);
        }
        return new MetadataParser(changed, "array of another shape").parse();
    }

    /** The document as the reference writes it, indented by two. */
    byte[] toJson() {
        return JsonText.print(document);
    }

    Grid grid() {
        return grid;
    }

    long fillBits() {
        return fillBits;
    }

    KeyEncoding keys() {
        return keys;
    }

    CodecChain codecs() {
        return codecs;
    }

    ShardLayout shardLayout() {
        return shardLayout;
    }
}
