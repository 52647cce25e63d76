package io.hox.codec;

import com.github.luben.zstd.ZstdException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * Reads Blosc 1 containers: blocks of bytes, shuffled by element, each in one or several streams of a compressor. Only
 * Java code that checks every bound takes part, but for zstd, which checks for itself.
 */
public final class Blosc {
    /** The unsafe variants of this library trust what they read. */
    private static final LZ4SafeDecompressor LZ4 = LZ4Factory.safeInstance().safeDecompressor();

    private static final int HEADER = 16;
    private static final int SHUFFLED = 0x01;
    private static final int COPIED = 0x02;
    private static final int BIT_SHUFFLED = 0x04;
    private static final int ONE_STREAM = 0x10;

    private static final int BLOSCLZ_FORMAT = 0;
    private static final int LZ4_FORMAT = 1;
    private static final int ZLIB_FORMAT = 3;
    private static final int ZSTD_FORMAT = 4;

    private final byte[] src;
    private final int start;
    private final int end;
    private final int flags;
    private final int elementBytes;
    private final int blockBytes;

    private Blosc(byte[] src, int off, int len, int contentBytes) {
        this.src = src;
        this.start = off;
        this.end = off + len;
        this.flags = src[off + 2];
        this.elementBytes = Math.max(1, src[off + 3] & 0xff);
        this.blockBytes = (int) Math.min(contentBytes, ZstdFrame.littleEndian(src, off + 8, 4));
    }

    /**
     * The content size that a container states, up to 2^32.
     *
     * @throws MalformedDataException if there is no complete header
     */
    public static long contentSize(byte[] src, int off, int len) {
        if (len < HEADER) {
            throw new MalformedDataException("blosc: " + len + " bytes cannot hold a header of " + HEADER);
        }
        return ZstdFrame.littleEndian(src, off + 4, 4);
    }

    /**
     * Decodes {@code len} bytes from {@code off}, which must hold exactly {@code dstLen} bytes.
     *
     * @throws MalformedDataException if they do not, are damaged, or of a compressor that is not supported
     */
    public static void decode(byte[] src, int off, int len, byte[] dst, int dstOff, int dstLen) {
        long claimed = contentSize(src, off, len);
        if (claimed != dstLen) {
            throw new MalformedDataException(
                    "blosc: the container holds " + claimed + " bytes where " + dstLen + " are expected");
        }
        if (dstLen > 0) {
            new Blosc(src, off, len, dstLen).blocks(dst, dstOff, dstLen);
        }
    }

    private void blocks(byte[] dst, int dstOff, int dstLen) {
        if ((flags & COPIED) != 0) {
            check(end - start - HEADER >= dstLen, "it ends early");
            System.arraycopy(src, start + HEADER, dst, dstOff, dstLen);
            return;
        }
        check(blockBytes > 0, "its blocks have no bytes");
        int count = (int) (((long) dstLen + blockBytes - 1) / blockBytes);
        check(HEADER + 4L * count <= end - start, "it ends within the list of its blocks");
        boolean shuffled = elementBytes > 1 && (flags & SHUFFLED) != 0;
        boolean bitShuffled = (flags & BIT_SHUFFLED) != 0;
        byte[] unordered = shuffled || bitShuffled ? new byte[blockBytes] : null;
        for (int b = 0; b < count; b++) {
            long from = ZstdFrame.littleEndian(src, start + HEADER + 4 * b, 4);
            check(from >= HEADER && from < end - start, "block " + b + " is placed outside");
            int at = dstOff + b * blockBytes;
            int n = Math.min(blockBytes, dstOff + dstLen - at);
            boolean split = (flags & ONE_STREAM) == 0 && n == blockBytes;
            if (unordered == null) {
                streams(start + (int) from, split, dst, at, n);
            } else {
                streams(start + (int) from, split, unordered, 0, n);
                if (shuffled) {
                    Shuffle.restoreBytes(unordered, elementBytes, n, dst, at);
                } else {
                    Shuffle.restoreBits(unordered, elementBytes, n, dst, at);
                }
            }
        }
    }

    /** Decodes a block: one stream, or one for each byte of the elements. */
    private void streams(int from, boolean split, byte[] dst, int dstOff, int n) {
        int count = split ? elementBytes : 1;
        int each = n / count;
        check(each * count == n, "its blocks are no multiple of its elements");
        int at = from;
        for (int s = 0; s < count; s++) {
            check(at + 4 <= end, "a stream begins outside");
            long length = ZstdFrame.littleEndian(src, at, 4);
            at += 4;
            check(length <= end - at, "a stream of " + length + " bytes ends outside");
            stream(at, (int) length, dst, dstOff + s * each, each);
            at += (int) length;
        }
    }

    private void stream(int at, int length, byte[] dst, int dstOff, int n) {
        if (length == n) {
            System.arraycopy(src, at, dst, dstOff, n);
            return;
        }
        int format = flags >>> 5 & 7;
        try {
            int written =
                    switch (format) {
                        case BLOSCLZ_FORMAT -> BloscLz.decode(src, at, length, dst, dstOff, n);
                        case LZ4_FORMAT -> LZ4.decompress(src, at, length, dst, dstOff, n);
                        case ZLIB_FORMAT -> inflate(at, length, dst, dstOff, n);
                        case ZSTD_FORMAT -> (int)
                                com.github.luben.zstd.Zstd.decompressByteArray(dst, dstOff, n, src, at, length);
                        default -> throw new MalformedDataException("blosc: the compressor of format " + format
                                + " is not supported; supported are blosclz, lz4, lz4hc, zlib and zstd");
                    };
            check(written == n, "a stream decodes to " + written + " bytes where " + n + " are expected");
        } catch (LZ4Exception | ZstdException | DataFormatException | IndexOutOfBoundsException e) {
            throw new MalformedDataException(
                    "blosc: a stream does not decode to " + n + " bytes: " + e.getMessage(), e);
        }
    }

    private int inflate(int at, int length, byte[] dst, int dstOff, int n) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(src, at, length);
            int written = 0;
            while (written < n) {
                int more = inflater.inflate(dst, dstOff + written, n - written);
                if (more == 0) {
                    break;
                }
                written += more;
            }
            return written;
        } finally {
            inflater.end();
        }
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new MalformedDataException("blosc: the container is damaged: " + otherwise);
        }
    }
}
