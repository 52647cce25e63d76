package io.hox.zarr;

import io.hox.HoxException;
import io.hox.codec.MalformedDataException;
import io.hox.store.ByteSlice;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/** Codecs of other writers: read, never written. */
sealed interface ForeignCodec extends ByteCodec {
    @Override
    default byte[] encode(byte[] bytes, int off, int len) {
        throw new HoxException("arrays are not written with " + name() + ": use zstd");
    }

    /** Blosc containers. */
    record Blosc() implements ForeignCodec {
        @Override
        public String name() {
            return "blosc";
        }

        @Override
        public void decode(ByteSlice src, byte[] dst, int dstOff, int dstLen) {
            io.hox.codec.Blosc.decode(src.array(), src.offset(), src.length(), dst, dstOff, dstLen);
        }

        @Override
        public ByteSlice decode(ByteSlice src, int limit) {
            byte[] bytes =
                    allocate(io.hox.codec.Blosc.contentSize(src.array(), src.offset(), src.length()), limit, name());
            decode(src, bytes, 0, bytes.length);
            return new ByteSlice(bytes, 0, bytes.length);
        }
    }

    /** LZ4 blocks of numcodecs. */
    record Lz4() implements ForeignCodec {
        @Override
        public String name() {
            return "numcodecs.lz4";
        }

        @Override
        public void decode(ByteSlice src, byte[] dst, int dstOff, int dstLen) {
            io.hox.codec.Lz4.decode(src.array(), src.offset(), src.length(), dst, dstOff, dstLen);
        }

        @Override
        public ByteSlice decode(ByteSlice src, int limit) {
            byte[] bytes =
                    allocate(io.hox.codec.Lz4.contentSize(src.array(), src.offset(), src.length()), limit, name());
            decode(src, bytes, 0, bytes.length);
            return new ByteSlice(bytes, 0, bytes.length);
        }
    }

    /** zlib streams. */
    record Zlib() implements ForeignCodec {
        @Override
        public String name() {
            return "numcodecs.zlib";
        }

        @Override
        public void decode(ByteSlice src, byte[] dst, int dstOff, int dstLen) {
            Streams.copyExactly(decode(src, dstLen), dst, dstOff, dstLen, name());
        }

        @Override
        public ByteSlice decode(ByteSlice src, int limit) {
            try (InputStream content = new InflaterInputStream(Streams.of(src))) {
                return Streams.readAtMost(content, limit, name());
            } catch (IOException e) {
                throw new MalformedDataException(name() + ": " + e.getMessage(), e);
            }
        }
    }

    private static byte[] allocate(long claimed, int limit, String codec) {
        if (claimed > limit) {
            throw new MalformedDataException(
                    codec + ": the header states " + claimed + " bytes, at most " + limit + " are possible");
        }
        return new byte[(int) claimed];
    }
}
