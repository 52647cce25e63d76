package io.hox.zarr;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.hox.codec.BitPacking;
import io.hox.codec.Crc32c;
import io.hox.codec.MalformedDataException;
import io.hox.codec.Transform;
import io.hox.store.ByteSlice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A step of a codec chain that turns bytes into bytes. Damaged input raises a {@link MalformedDataException} and never
 * makes a step allocate more than the limits it is given.
 */
sealed interface ByteCodec
        permits ByteCodec.BitPacked, ByteCodec.Checksum, ByteCodec.Gzip, ByteCodec.Zstd, ForeignCodec {

    byte[] encode(byte[] bytes, int off, int len);

    /** Decodes to exactly {@code dstLen} bytes. */
    void decode(ByteSlice src, byte[] dst, int dstOff, int dstLen);

    /** Decodes to a length that is not known, of at most {@code limit} bytes. */
    ByteSlice decode(ByteSlice src, int limit);

    /** What the name of the codec is in documents. */
    String name();

    /** The same bytes with their CRC-32C behind them. */
    record Checksum() implements ByteCodec {
        @Override
        public String name() {
            return "crc32c";
        }

        @Override
        public byte[] encode(byte[] bytes, int off, int len) {
            byte[] out = Arrays.copyOfRange(bytes, off, off + len + 4);
            LittleEndian.putInt(out, len, Crc32c.of(bytes, off, len));
            return out;
        }

        @Override
        public void decode(ByteSlice src, byte[] dst, int dstOff, int dstLen) {
            ByteSlice content = decode(src, Integer.MAX_VALUE);
            if (content.length() != dstLen) {
                throw new MalformedDataException("crc32c: " + content.length() + " bytes, expected " + dstLen);
            }
            System.arraycopy(content.array(), content.offset(), dst, dstOff, dstLen);
        }

        @Override
        public ByteSlice decode(ByteSlice src, int limit) {
            int length = src.length() - 4;
            if (length < 0) {
                throw new MalformedDataException("crc32c: " + src.length() + " bytes cannot hold a checksum");
            }
            int stored = LittleEndian.getInt(src.array(), src.offset() + length);
            int computed = Crc32c.of(src.array(), src.offset(), length);
            if (stored != computed) {
                throw new MalformedDataException(
                        String.format("crc32c: the checksum is %08x, the bytes have %08x", stored, computed));
            }
            return new ByteSlice(src.array(), src.offset(), length);
        }
    }

    /** BP-128. The stream names its transform itself; the one here is for writing. */
    record BitPacked(String name, Transform transform, int elementSize) implements ByteCodec {
        @Override
        public byte[] encode(byte[] bytes, int off, int len) {
            return BitPacking.encodeBytes(bytes, off, len, elementSize, transform);
        }

        @Override
        public void decode(ByteSlice src, byte[] dst, int dstOff, int dstLen) {
            BitPacking.decodeBytes(src.array(), src.offset(), src.length(), elementSize, dst, dstOff, dstLen);
        }

        @Override
        public ByteSlice decode(ByteSlice src, int limit) {
            long length = (long) elementSize * BitPacking.elementCount(src.array(), src.offset(), src.length());
            if (length > limit) {
                throw new MalformedDataException(
                        "bit packing: the header states " + length + " bytes, at most " + limit + " are possible");
            }
            byte[] bytes = new byte[(int) length];
            decode(src, bytes, 0, bytes.length);
            return new ByteSlice(bytes, 0, bytes.length);
        }
    }

    /** zstd frames. */
    record Zstd(int level, boolean checksum) implements ByteCodec {
        @Override
        public String name() {
            return "zstd";
        }

        @Override
        public byte[] encode(byte[] bytes, int off, int len) {
            return io.hox.codec.Zstd.compress(bytes, off, len, level, checksum);
        }

        @Override
        public void decode(ByteSlice src, byte[] dst, int dstOff, int dstLen) {
            // Streaming writers leave the content size out of the frame; 0 stands for that, too.
            if (com.github.luben.zstd.Zstd.decompressedSize(src.array(), src.offset(), src.length()) != 0) {
                io.hox.codec.Zstd.decompress(src.array(), src.offset(), src.length(), dst, dstOff, dstLen);
            } else {
                Streams.copyExactly(decode(src, dstLen), dst, dstOff, dstLen, "zstd");
            }
        }

        @Override
        public ByteSlice decode(ByteSlice src, int limit) {
            try (InputStream content = new ZstdInputStreamNoFinalizer(Streams.of(src))) {
                return Streams.readAtMost(content, limit, "zstd");
            } catch (IOException e) {
                throw new MalformedDataException("zstd: " + e.getMessage(), e);
            }
        }
    }

    /** gzip members. */
    record Gzip(int level) implements ByteCodec {
        @Override
        public String name() {
            return "gzip";
        }

        @Override
        public byte[] encode(byte[] bytes, int off, int len) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(len / 2 + 64);
            int wanted = level;
            try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
                {
                    def.setLevel(wanted);
                }
            }) {
                gzip.write(bytes, off, len);
            } catch (IOException e) {
                throw new MalformedDataException("gzip: " + e.getMessage(), e);
            }
            return out.toByteArray();
        }

        @Override
        public void decode(ByteSlice src, byte[] dst, int dstOff, int dstLen) {
            Streams.copyExactly(decode(src, dstLen), dst, dstOff, dstLen, "gzip");
        }

        @Override
        public ByteSlice decode(ByteSlice src, int limit) {
            try (InputStream content = new GZIPInputStream(Streams.of(src))) {
                return Streams.readAtMost(content, limit, "gzip");
            } catch (IOException e) {
                throw new MalformedDataException("gzip: " + e.getMessage(), e);
            }
        }
    }

    /** Bounded reading of compressed streams. */
    final class Streams {
        private Streams() {}

        static InputStream of(ByteSlice src) {
            return new ByteArrayInputStream(src.array(), src.offset(), src.length());
        }

        static ByteSlice readAtMost(InputStream content, int limit, String codec) throws IOException {
            byte[] bytes = content.readNBytes(limit);
            if (content.read() >= 0) {
                throw new MalformedDataException(codec + ": the content is longer than " + limit + " bytes");
            }
            return new ByteSlice(bytes, 0, bytes.length);
        }

        static void copyExactly(ByteSlice content, byte[] dst, int dstOff, int dstLen, String codec) {
            if (content.length() != dstLen) {
                throw new MalformedDataException(
                        codec + ": the content has " + content.length() + " bytes, expected " + dstLen);
            }
            System.arraycopy(content.array(), content.offset(), dst, dstOff, dstLen);
        }
    }
}
