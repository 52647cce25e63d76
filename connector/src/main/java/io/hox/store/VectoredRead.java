package io.hox.store;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Hadoop's call for several ranges of a file, which came with Hadoop 3.3.5; this is compiled against one before it. Only
 * streams that say so carry it out at the same time: for others Hadoop reads one range after the other.
 */
final class VectoredRead {
    private static final String CAPABILITY = "in:readvectored";
    private static final IntFunction<ByteBuffer> ON_HEAP = ByteBuffer::allocate;
    /** Null where Hadoop has no such call. */
    private static final VectoredRead METHODS = find();

    private final MethodHandle createRange;
    private final MethodHandle read;
    private final MethodHandle data;

    private VectoredRead(MethodHandle createRange, MethodHandle read, MethodHandle data) {
        this.createRange = createRange;
        this.read = read;
        this.data = data;
    }

    private static VectoredRead find() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> range =
                    Class.forName("org.apache.hadoop.fs.FileRange", false, FSDataInputStream.class.getClassLoader());
            return new VectoredRead(
                    lookup.findStatic(range, "createFileRange", MethodType.methodType(range, long.class, int.class)),
                    lookup.findVirtual(
                            FSDataInputStream.class,
                            "readVectored",
                            MethodType.methodType(void.class, List.class, IntFunction.class)),
                    lookup.findVirtual(range, "getData", MethodType.methodType(CompletableFuture.class)));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Whether this Hadoop has the call. */
    static boolean exists() {
        return METHODS != null;
    }

    /** Whether a stream carries the call out at the same time. */
    static boolean suits(FSDataInputStream stream) {
        return exists() && stream.hasCapability(CAPABILITY);
    }

    /**
     * Asks for ranges, which must not overlap. The stream has to stay open until all are there.
     *
     * @return what completes with the bytes of each
     */
    static List<CompletableFuture<byte[]>> start(FSDataInputStream stream, List<ByteRange> ranges) throws IOException {
        try {
            List<Object> wanted = new ArrayList<>();
            for (ByteRange range : ranges) {
                wanted.add(METHODS.createRange.invoke(range.offset(), range.length()));
            }
            // A list that can be sorted, which some versions do in place.
            METHODS.read.invoke(stream, (List<?>) new ArrayList<>(wanted), ON_HEAP);
            List<CompletableFuture<byte[]>> parts = new ArrayList<>();
            for (Object range : wanted) {
                CompletableFuture<?> buffer = (CompletableFuture<?>) METHODS.data.invoke(range);
                parts.add(buffer.thenApply(bytes -> toArray((ByteBuffer) bytes)));
            }
            return parts;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    private static byte[] toArray(ByteBuffer buffer) {
        if (buffer.hasArray() && buffer.arrayOffset() == 0 && buffer.remaining() == buffer.array().length) {
            return buffer.array();
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
