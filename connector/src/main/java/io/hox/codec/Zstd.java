package io.hox.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.Objects;

/** Zstandard frames of known decoded length. */
public final class Zstd {
    private Zstd() {}

    /**
     * Decodes {@code len} bytes from {@code off}, which must decode to exactly {@code dstLen} bytes. Nothing is
     * allocated for the content: a frame that claims another length fails, whatever it claims.
     *
     * @throws MalformedDataException if the bytes are no complete Zstandard frame of {@code dstLen} bytes of content
     */
    public static void decompress(byte[] src, int off, int len, byte[] dst, int dstOff, int dstLen) {
        Objects.checkFromIndexSize(off, len, src.length);
        Objects.checkFromIndexSize(dstOff, dstLen, dst.length);
        long claimed = ZstdFrame.contentSize(src, off, len);
        if (claimed != dstLen) {
            throw new MalformedDataException("zstd: the frame at byte offset 0 "
                    + (claimed < 0
                            ? "does not state its content size"
                            : "holds " + Long.toUnsignedString(claimed) + " bytes")
                    + " where " + dstLen + " bytes are expected");
        }
        long written;
        try {
            written = com.github.luben.zstd.Zstd.decompressByteArray(dst, dstOff, dstLen, src, off, len);
        } catch (ZstdException e) {
            throw new MalformedDataException(
                    "zstd: the frame of " + len + " bytes at byte offset 0 does not decode to " + dstLen + " bytes: "
                            + e.getMessage(),
                    e);
        }
        if (written != dstLen) {
            throw new MalformedDataException("zstd: the frame of " + len + " bytes at byte offset 0 decodes to "
                    + written + " bytes where " + dstLen + " are expected");
        }
    }

    /**
     * Encodes {@code len} bytes from {@code off} as one frame that states its content size.
     *
     * @param level compression level, 1 to 22 (0 = the library's default, negative = faster)
     * @param checksum whether the frame ends with a checksum of its content
     */
    public static byte[] compress(byte[] src, int off, int len, int level, boolean checksum) {
        Objects.checkFromIndexSize(off, len, src.length);
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level);
            context.setChecksum(checksum);
            context.setContentSize(true);
            byte[] bound = new byte[Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(len))];
            int size = context.compressByteArray(bound, 0, bound.length, src, off, len);
            return Arrays.copyOf(bound, size);
        } catch (ZstdException e) {
            throw new MalformedDataException("zstd: cannot compress " + len + " bytes at level " + level, e);
        }
    }
}
