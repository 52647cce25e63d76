package io.hox.zarr;

import io.hox.HoxException;
import io.hox.codec.MalformedDataException;
import io.hox.store.ByteSlice;

/**
 * Puts chunks where a plan wants their pieces: each is decoded once, straight into the destination when it is wanted
 * whole. Not thread-safe.
 */
final class ChunkDecoder {
    private final ReadPlan plan;
    private final Segments segments;
    private final int chunkElements;
    private final CodecChain codecs;
    private final DataType type;
    private final Values into;
    private final int at;

    private byte[] scratch;
    private Values partial;
    private long decoded;

    /** @param at where the first element of the read goes */
    ChunkDecoder(ReadPlan plan, Values into, int at) {
        this.plan = plan;
        this.segments = plan.segments();
        ArrayMetadata metadata = plan.array().metadata();
        this.chunkElements = metadata.grid().chunkElements;
        this.codecs = metadata.codecs();
        this.type = metadata.type();
        this.into = into;
        this.at = at;
    }

    /** The chunks decoded so far. */
    long decoded() {
        return decoded;
    }

    /** Fills the pieces order[first] .. order[end - 1] of a chunk that was never written. */
    void fill(int first, int end) {
        long bits = plan.array().metadata().fillBits();
        for (int i = first; i < end; i++) {
            int piece = plan.piece(i);
            int to = at + segments.to(piece);
            into.fill(bits, to, to + segments.length(piece));
        }
    }

    /** Decodes a chunk for the pieces order[first] .. order[end - 1]. */
    void decode(ByteSlice encoded, int first, int end, String key, int chunk) {
        int whole = -1;
        for (int i = first; i < end && whole < 0; i++) {
            whole = segments.length(plan.piece(i)) == chunkElements ? i : -1;
        }
        Values source = into;
        int base;
        if (whole >= 0) {
            base = at + segments.to(plan.piece(whole));
        } else {
            if (partial == null) {
                partial = Values.allocate(type, chunkElements);
            }
            source = partial;
            base = 0;
        }
        if (scratch == null && codecs.needsScratch(type)) {
            scratch = Values.allocate(DataType.UINT8, chunkElements * type.bytes())
                    .bytes();
        }
        try {
            codecs.decode(encoded, source, base, chunkElements, scratch);
        } catch (MalformedDataException e) {
            throw new HoxException(plan.array().where(key) + ", chunk " + chunk + ": " + e.getMessage(), e);
        }
        decoded++;
        for (int i = first; i < end; i++) {
            if (i != whole) {
                int piece = plan.piece(i);
                into.copyFrom(source, base + segments.from(piece), at + segments.to(piece), segments.length(piece));
            }
        }
    }
}
