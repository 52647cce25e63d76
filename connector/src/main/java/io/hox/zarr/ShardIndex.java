package io.hox.zarr;

import io.hox.HoxException;
import io.hox.codec.Crc32c;
import io.hox.store.ByteRange;
import io.hox.store.ByteSlice;
import io.hox.store.ObjectStore;
import io.hox.store.ObjectTail;
import io.hox.store.StoredObject;
import java.nio.ByteBuffer;

/** Where the chunks of a shard lie in its object. A shard that was never stored has no chunks. */
final class ShardIndex {
    /** What a storage's client remembers of an object, about. */
    private static final long OBJECT_BYTES = 600;

    /** Offset and size of every chunk; both are -1 for a chunk that was not stored. */
    private final long[] entries;

    /** What was learnt of the object with the index; null when there is none. */
    private final StoredObject object;

    private final String where;

    private ShardIndex(long[] entries, StoredObject object, String where) {
        this.entries = entries;
        this.object = object;
        this.where = where;
    }

    /** Fetches the index of a shard. @param where names the shard in messages */
    static ShardIndex load(ObjectStore store, String key, ShardLayout layout, int chunks, String where) {
        int length = layout.indexBytes(chunks);
        ByteSlice bytes;
        StoredObject object;
        if (layout.indexAtEnd()) {
            ObjectTail tail = store.readSuffix(key, length);
            if (tail == null) {
                return new ShardIndex(null, null, where);
            }
            bytes = tail.bytes();
            object = tail.object();
        } else {
            object = store.find(key);
            if (object == null) {
                return new ShardIndex(null, null, where);
            }
            int available = (int) Math.min(length, object.size());
            bytes = store.readRange(key, object, new ByteRange(0, available));
        }
        if (bytes.length() < length) {
            throw new HoxException(where + ": the object has " + object.size() + " bytes; the index of its " + chunks
                    + " chunks alone needs " + length + ": it is truncated");
        }
        return parse(bytes, layout, chunks, object, where);
    }

    private static ShardIndex parse(
            ByteSlice bytes, ShardLayout layout, int chunks, StoredObject object, String where) {
        if (layout.checksum()) {
            int stored = LittleEndian.getInt(bytes.array(), bytes.offset() + 16 * chunks);
            int computed = Crc32c.of(bytes.array(), bytes.offset(), 16 * chunks);
            if (stored != computed) {
                throw new HoxException(String.format(
                        "%s: the checksum of the shard index is %08x, its bytes have %08x: the object is damaged",
                        where, stored, computed));
            }
        }
        long[] entries = new long[2 * chunks];
        ByteBuffer.wrap(bytes.array(), bytes.offset(), 16 * chunks)
                .order(layout.order())
                .asLongBuffer()
                .get(entries);
        return new ShardIndex(entries, object, where);
    }

    /** Memory held. */
    long bytes() {
        return entries == null ? 0 : 8L * entries.length + OBJECT_BYTES;
    }

    /** The shard's object, null when there is none. */
    StoredObject object() {
        return object;
    }

    /**
     * The place of a chunk, null when it was not stored.
     *
     * @param maxBytes the largest size that the encoded chunk can have
     */
    ByteRange range(int chunk, int maxBytes) {
        if (entries == null) {
            return null;
        }
        long offset = entries[2 * chunk];
        long size = entries[2 * chunk + 1];
        if (offset == -1 && size == -1) {
            return null;
        }
        long objectSize = object.size();
        if (offset < 0 || size < 0 || size > objectSize || offset > objectSize - size) {
            throw new HoxException(where + ", chunk " + chunk + ": the index places it at "
                    + Long.toUnsignedString(offset) + " with " + Long.toUnsignedString(size)
                    + " bytes, outside the object of " + objectSize + " bytes: the object is damaged");
        }
        if (size > maxBytes) {
            throw new HoxException(where + ", chunk " + chunk + ": the index gives it " + size
                    + " bytes; a chunk of this array cannot have more than " + maxBytes);
        }
        return new ByteRange(offset, (int) size);
    }
}
