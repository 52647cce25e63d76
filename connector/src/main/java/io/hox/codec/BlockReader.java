package io.hox.codec;

/**
 * Walks the blocks of one bit-packed stream and unpacks them. The one place that checks widths and lengths of blocks:
 * no kernel runs before its whole payload is known to lie inside the stream.
 */
final class BlockReader {
    private final byte[] src;
    private final int off;
    private final int len;
    private int at;

    /** @param at where the first block starts, within the stream of {@code len} bytes from {@code off} */
    BlockReader(byte[] src, int off, int len, int at) {
        this.src = src;
        this.off = off;
        this.len = len;
        this.at = at;
    }

    /** A reader of the blocks after the next {@code blocks}, which are checked, not unpacked. */
    BlockReader after(int blocks) {
        BlockReader ahead = new BlockReader(src, off, len, at);
        for (int i = 0; i < blocks; i++) {
            ahead.at += 1 + BitPacking.WIDTH_BYTES * ahead.width();
        }
        return ahead;
    }

    /** Unpacks the next block to the 512 bytes at the address {@code to} of the primitive array {@code dst}. */
    void next(Object dst, long to) {
        int width = width();
        UnpackKernels.unpack(width, src, Memory.BYTES + off + at + 1, dst, to);
        at += 1 + BitPacking.WIDTH_BYTES * width;
    }

    private int width() {
        if (at >= len) {
            throw new MalformedDataException("bit packing: the stream ends at byte offset " + at
                    + " where the width of a block is expected; it is truncated, or its elements have another size");
        }
        int width = src[off + at] & 0xFF;
        if (width > BitPacking.MAX_WIDTH) {
            throw new MalformedDataException(
                    "bit packing: a block has width " + width + " at byte offset " + at + ", the largest is 32");
        }
        if (BitPacking.WIDTH_BYTES * width > len - at - 1) {
            throw new MalformedDataException("bit packing: a block of " + BitPacking.WIDTH_BYTES * width
                    + " bytes starts at byte offset " + (at + 1) + ", the stream ends at byte offset " + len);
        }
        return width;
    }
}
