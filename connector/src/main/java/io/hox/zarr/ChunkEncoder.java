package io.hox.zarr;

import io.hox.codec.BitPacking;
import io.hox.store.ByteSlice;
import java.nio.ByteBuffer;

/** Encodes chunks of one array one after the other into memory of its own. Not thread-safe. */
final class ChunkEncoder {
    private final CodecChain codecs;
    private final DataType type;
    private final int elements;
    /** Packed elements, or the elements' bytes. */
    private final byte[] buffer;

    /** @param elements of a chunk */
    ChunkEncoder(CodecChain codecs, DataType type, int elements) {
        this.codecs = codecs;
        this.type = type;
        this.elements = elements;
        this.buffer = new byte
                [codecs.packsElements(type)
                        ? BitPacking.longest(elements, type.bytes())
                        : Math.multiplyExact(elements, type.bytes())];
    }

    /** The encoded chunk that starts at {@code off}; valid until the next call. */
    ByteSlice encode(Values values, int off) {
        if (codecs.packsElements(type)) {
            ByteCodec.BitPacked packed = (ByteCodec.BitPacked) codecs.steps().get(0);
            int length = type.kind() == DataType.Kind.INTS
                    ? BitPacking.encodeInts(values.ints(), off, elements, packed.transform(), buffer, 0)
                    : BitPacking.encodeLongs(values.longs(), off, elements, packed.transform(), buffer, 0);
            return new ByteSlice(buffer, 0, length);
        }
        copyOut(values, off, ByteBuffer.wrap(buffer).order(codecs.order()));
        byte[] bytes = buffer;
        for (ByteCodec step : codecs.steps()) {
            bytes = step.encode(bytes, 0, bytes.length);
        }
        return new ByteSlice(bytes, 0, bytes.length);
    }

    private void copyOut(Values values, int off, ByteBuffer bytes) {
        switch (type.kind()) {
            case BYTES -> bytes.put(values.bytes(), off, elements);
            case SHORTS -> bytes.asShortBuffer().put(values.shorts(), off, elements);
            case INTS -> bytes.asIntBuffer().put(values.ints(), off, elements);
            case LONGS -> bytes.asLongBuffer().put(values.longs(), off, elements);
            case FLOATS -> bytes.asFloatBuffer().put(values.floats(), off, elements);
            case DOUBLES -> bytes.asDoubleBuffer().put(values.doubles(), off, elements);
        }
    }
}
