package io.hox.codec;

/** The header of a Zstandard frame (RFC 8878, section 3.1.1), as far as the content size needs it. */
final class ZstdFrame {
    private static final int MAGIC = 0xFD2FB528;
    private static final int MAGIC_BYTES = 4;

    /** Bytes of the dictionary id by the lowest two bits of the frame header descriptor. */
    private static final int[] DICTIONARY_ID_BYTES = {0, 1, 2, 4};

    private ZstdFrame() {}

    /**
     * The content size that the frame states, unsigned in theory; a negative number when it states none (or one
     * beyond 2^63, which nobody can hold either).
     *
     * @throws MalformedDataException if there is no complete frame header
     */
    static long contentSize(byte[] src, int off, int len) {
        if (len < MAGIC_BYTES + 1 || littleEndian(src, off, MAGIC_BYTES) != (MAGIC & 0xFFFFFFFFL)) {
            throw new MalformedDataException("zstd: no frame starts at byte offset 0 of " + len + " bytes");
        }
        int descriptor = src[off + MAGIC_BYTES];
        boolean singleSegment = (descriptor & 0x20) != 0;
        int sizeFlag = descriptor >>> 6 & 3;
        int sizeBytes = sizeFlag == 0 ? (singleSegment ? 1 : 0) : 1 << sizeFlag;
        int at = MAGIC_BYTES + 1 + (singleSegment ? 0 : 1) + DICTIONARY_ID_BYTES[descriptor & 3];
        if (sizeBytes == 0) {
            return -1;
        }
        if (len < at + sizeBytes) {
            throw new MalformedDataException(
                    "zstd: the frame header ends at byte offset " + len + " and needs " + (at + sizeBytes) + " bytes");
        }
        long size = littleEndian(src, off + at, sizeBytes);
        return sizeBytes == 2 ? size + 256 : size;
    }

    static long littleEndian(byte[] b, int off, int n) {
        long value = 0;
        for (int i = 0; i < n; i++) {
            value |= (b[off + i] & 0xFFL) << 8 * i;
        }
        return value;
    }
}
