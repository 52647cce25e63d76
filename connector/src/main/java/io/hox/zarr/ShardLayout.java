package io.hox.zarr;

import java.nio.ByteOrder;

/** Where the index of a shard lies and how it is encoded. */
record ShardLayout(boolean indexAtEnd, ByteOrder order, boolean checksum) {

    /** The bytes of the index of a shard with so many chunks. */
    int indexBytes(int chunks) {
        return 16 * chunks + (checksum ? 4 : 0);
    }
}
