package io.hox.zarr;

import io.hox.HoxException;
import io.hox.codec.MalformedDataException;
import io.hox.store.ByteRange;
import io.hox.store.ByteSlice;

/** Reads single chunks of an array as bytes. */
record ChunkBytes(ZarrHierarchy hierarchy, ZarrArray array) {

    ByteSlice read(long chunk, int limit) {
        int perShard = array.metadata().grid().chunksPerShard;
        String key = array.shardKey(chunk / perShard);
        int inShard = (int) (chunk % perShard);
        ByteSlice encoded = encoded(key, chunk / perShard, inShard, CodecChain.maxEncoded(limit));
        if (encoded == null) {
            return null;
        }
        try {
            return array.metadata().codecs().decodeBytes(encoded, limit);
        } catch (MalformedDataException e) {
            throw new HoxException(array.where(key) + ", chunk " + inShard + ": " + e.getMessage(), e);
        }
    }

    private ByteSlice encoded(String key, long shard, int inShard, int most) {
        if (!array.metadata().isSharded()) {
            byte[] bytes = hierarchy.store().readOrNull(key, most);
            return bytes == null ? null : new ByteSlice(bytes, 0, bytes.length);
        }
        ShardIndex index = hierarchy.shardIndex(array, shard, key);
        ByteRange range = index.range(inShard, most);
        return range == null ? null : hierarchy.store().readRange(key, index.object(), range);
    }
}
