package io.hox.codec;

import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** LZ4 blocks behind their content size in four bytes, as numcodecs writes them. */
public final class Lz4 {
    /** The unsafe variants of this library trust what they read. */
    private static final LZ4SafeDecompressor BLOCKS = LZ4Factory.safeInstance().safeDecompressor();

    private static final int HEADER = 4;

    private Lz4() {}

    /** The content size that is stated, up to 2^32. */
    public static long contentSize(byte[] src, int off, int len) {
        if (len < HEADER) {
            throw new MalformedDataException("lz4: " + len + " bytes cannot hold the content size");
        }
        return ZstdFrame.littleEndian(src, off, 4);
    }

    /**
     * Decodes {@code len} bytes from {@code off}, which must hold exactly {@code dstLen} bytes.
     *
     * @throws MalformedDataException if they do not
     */
    public static void decode(byte[] src, int off, int len, byte[] dst, int dstOff, int dstLen) {
        long claimed = contentSize(src, off, len);
        if (claimed != dstLen) {
            throw new MalformedDataException(
                    "lz4: the block holds " + claimed + " bytes where " + dstLen + " are expected");
        }
        try {
            int written = BLOCKS.decompress(src, off + HEADER, len - HEADER, dst, dstOff, dstLen);
            if (written != dstLen) {
                throw new MalformedDataException(
                        "lz4: the block decodes to " + written + " bytes where " + dstLen + " are expected");
            }
        } catch (LZ4Exception e) {
            throw new MalformedDataException("lz4: the block does not decode to " + dstLen + " bytes", e);
        }
    }
}
