package io.hox.zarr;

import io.hox.HoxException;

/** The document of an array: shape, type, chunks, codecs. Immutable. */
public final class ArrayMetadata {
    private ArrayMetadata() {}

    /**
     * Reads a Zarr v3 array document.
     *
     * @param where names the document in messages
     * @throws HoxException when it is not valid, or uses what is not supported; the message says what
     */
    public static ArrayMetadata parse(byte[] json, String where) {
        throw new HoxException(where);
    }

    /** A sharded array as the reference writes it. */
    public static ArrayMetadata sharded(
            DataType type, long[] shape, int[] chunkShape, long[] shardShape, Compression compression) {
        throw new HoxException("");
    }

    /** A sharded 1-D array with the reference's sizes: chunks of 40,960 elements, 1,024 to a shard. */
    public static ArrayMetadata sparse(DataType type, Compression compression) {
        throw new HoxException("");
    }

    /** A sharded (rows, features) array with the reference's sizes. */
    public static ArrayMetadata dense(DataType type, int features, Compression compression) {
        throw new HoxException("");
    }

    public long[] shape() {
        throw new HoxException("");
    }

    /** The shape of the unit of decoding: inner chunks of a sharded array. */
    public int[] chunkShape() {
        throw new HoxException("");
    }

    /** The shape of a shard; null when the array is not sharded. */
    public long[] shardShape() {
        throw new HoxException("");
    }

    public DataType type() {
        throw new HoxException("");
    }

    /** The same array with another shape of the same rank. */
    public ArrayMetadata withShape(long... shape) {
        throw new HoxException("");
    }

    public byte[] toJson() {
        throw new HoxException("");
    }
}
