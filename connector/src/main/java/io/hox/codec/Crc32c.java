package io.hox.codec;

import java.util.zip.CRC32C;

/** The CRC-32C (Castagnoli) checksum that Zarr appends to shard indexes and chunks, little-endian. */
public final class Crc32c {
    private Crc32c() {}

    /** The checksum of {@code len} bytes from {@code off}. */
    public static int of(byte[] b, int off, int len) {
        CRC32C crc = new CRC32C();
        crc.update(b, off, len);
        return (int) crc.getValue();
    }
}
