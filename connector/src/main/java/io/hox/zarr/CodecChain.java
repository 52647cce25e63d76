package io.hox.zarr;

import io.hox.codec.BitPacking;
import io.hox.codec.Transform;
import io.hox.store.ByteSlice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * How the elements of a chunk become bytes: in a byte order, then through steps. Stateless.
 *
 * @param order of the elements' bytes
 * @param steps in the order of writing
 */
record CodecChain(ByteOrder order, List<ByteCodec> steps) {
    private static final double PACKED_RATIO = 0.15;
    private static final double PACKED_DELTA_RATIO = 0.32;
    private static final double COMPRESSED_RATIO = 0.4;
    private static final double COMPRESSED_FLOAT_RATIO = 0.7;

    /** Whether the only step packs elements of the type itself, which needs no bytes in between. */
    boolean packsElements(DataType type) {
        return order == ByteOrder.LITTLE_ENDIAN
                && steps.size() == 1
                && steps.get(0) instanceof ByteCodec.BitPacked packed
                && packed.elementSize() == type.bytes()
                && (type.kind() == DataType.Kind.INTS || type.kind() == DataType.Kind.LONGS);
    }

    /**
     * What an element of a sparse matrix takes, about, where it holds counts of single cells or their indices: good enough
     * to choose between two ways of reading them.
     */
    double typicalBytes(DataType type) {
        double ratio = 1;
        for (ByteCodec step : steps) {
            if (step instanceof ByteCodec.BitPacked packed) {
                ratio *= packed.transform() == Transform.NONE ? PACKED_RATIO : PACKED_DELTA_RATIO;
            } else if (!(step instanceof ByteCodec.Checksum)) {
                ratio *= type.isFloat() ? COMPRESSED_FLOAT_RATIO : COMPRESSED_RATIO;
            }
        }
        return type.bytes() * ratio;
    }

    /** The largest number of bytes that {@code decoded} bytes can reasonably become, damaged documents aside. */
    static int maxEncoded(int decoded) {
        return decoded + (decoded >> 2) + (64 << 10);
    }

    /**
     * Decodes a chunk of {@code n} elements.
     *
     * @param scratch at least {@code n} elements' bytes; not used for types of one byte and packed elements, where it
     *     may be null
     */
    void decode(ByteSlice encoded, Values into, int at, int n, byte[] scratch) {
        DataType type = into.type();
        if (packsElements(type)) {
            if (type.kind() == DataType.Kind.INTS) {
                BitPacking.decodeInts(encoded.array(), encoded.offset(), encoded.length(), into.ints(), at, n);
            } else {
                BitPacking.decodeLongs(encoded.array(), encoded.offset(), encoded.length(), into.longs(), at, n);
            }
        } else if (type.bytes() == 1) {
            decodeBytes(encoded, into.bytes(), at, n);
        } else {
            int length = n * type.bytes();
            decodeBytes(encoded, scratch, 0, length);
            copyIn(ByteBuffer.wrap(scratch, 0, length).order(order), into, at, n);
        }
    }

    boolean needsScratch(DataType type) {
        return type.bytes() > 1 && !packsElements(type);
    }

    private void decodeBytes(ByteSlice encoded, byte[] dst, int dstOff, int dstLen) {
        ByteSlice stage = encoded;
        for (int i = steps.size() - 1; i > 0; i--) {
            stage = steps.get(i).decode(stage, maxEncoded(dstLen));
        }
        if (steps.isEmpty()) {
            ByteCodec.Streams.copyExactly(stage, dst, dstOff, dstLen, "bytes");
        } else {
            steps.get(0).decode(stage, dst, dstOff, dstLen);
        }
    }

    /** Decodes the bytes of a chunk of unknown length. @throws MalformedDataException beyond {@code limit} bytes */
    ByteSlice decodeBytes(ByteSlice encoded, int limit) {
        ByteSlice stage = encoded;
        for (int i = steps.size() - 1; i >= 0; i--) {
            stage = steps.get(i).decode(stage, i == 0 ? limit : maxEncoded(limit));
        }
        return stage;
    }

    private static void copyIn(ByteBuffer bytes, Values into, int at, int n) {
        switch (into.type().kind()) {
            case BYTES -> bytes.get(into.bytes(), at, n);
            case SHORTS -> bytes.asShortBuffer().get(into.shorts(), at, n);
            case INTS -> bytes.asIntBuffer().get(into.ints(), at, n);
            case LONGS -> bytes.asLongBuffer().get(into.longs(), at, n);
            case FLOATS -> bytes.asFloatBuffer().get(into.floats(), at, n);
            case DOUBLES -> bytes.asDoubleBuffer().get(into.doubles(), at, n);
        }
    }
}
