package io.hox.lance;

import io.hox.HoxException;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.lance.JniLoader;
import org.lance.Session;

/**
 * The native library, its caches and its memory: one {@link Session} and one root allocator per JVM, made on first use.
 * The first use unpacks the native library, which takes a few seconds.
 */
public final class LanceRuntime {
    private static final long INDEX_CACHE_BYTES = 256L << 20;
    private static final long METADATA_CACHE_BYTES = 128L << 20;

    private LanceRuntime() {}

    /** The root of all Arrow memory that this library uses. Never close it. */
    public static BufferAllocator allocator() {
        return Holder.get().allocator;
    }

    static Session session() {
        return Holder.get().session;
    }

    private static final class Holder {
        private static Holder instance;
        private static HoxException failure;

        final BufferAllocator allocator;
        final Session session;

        private Holder(BufferAllocator allocator, Session session) {
            this.allocator = allocator;
            this.session = session;
        }

        static synchronized Holder get() {
            if (failure != null) {
                throw new HoxException(failure.getMessage(), failure);
            }
            if (instance == null) {
                try {
                    instance = create();
                } catch (HoxException e) {
                    failure = e;
                    throw e;
                }
            }
            return instance;
        }

        @SuppressWarnings("resource") // lives as long as the JVM
        private static Holder create() {
            BufferAllocator allocator;
            try {
                allocator = new RootAllocator();
                probeArrow(allocator);
            } catch (LinkageError | RuntimeException e) {
                throw new HoxException(arrowAdvice(e), e);
            }
            try {
                JniLoader.ensureLoaded();
                return new Holder(
                        allocator,
                        Session.builder()
                                .indexCacheSizeBytes(INDEX_CACHE_BYTES)
                                .metadataCacheSizeBytes(METADATA_CACHE_BYTES)
                                .build());
            } catch (LinkageError | RuntimeException e) {
                throw new HoxException(
                        "the native Lance library can't be loaded (" + e + "); it is shipped for Linux x86-64, Linux"
                                + " arm64 and macOS arm64, and it is unpacked to java.io.tmpdir = "
                                + System.getProperty("java.io.tmpdir")
                                + ", which must be writable, allow execution and have 200 MB free",
                        e);
            }
        }

        /** A vector through the C data interface and back: fails where Arrow's parts come from different releases. */
        private static void probeArrow(BufferAllocator allocator) {
            try (IntVector vector = new IntVector("probe", allocator);
                    ArrowArray array = ArrowArray.allocateNew(allocator);
                    ArrowSchema schema = ArrowSchema.allocateNew(allocator)) {
                vector.allocateNew(1);
                vector.set(0, 7);
                vector.setValueCount(1);
                Data.exportVector(allocator, vector, null, array, schema);
                try (var back = Data.importVector(allocator, array, schema, null)) {
                    if (((IntVector) back).get(0) != 7) {
                        throw new IllegalStateException("the C data interface returned another value");
                    }
                }
            }
        }

        private static String arrowAdvice(Throwable error) {
            return "Apache Arrow on the class path does not fit: " + error + ". hox works with the Arrow that Spark 3.5"
                    + " brings (12.0.1); arrow-vector comes from " + origin(IntVector.class)
                    + " and arrow-c-data from " + origin(Data.class)
                    + ". Remove other Arrow jars from --jars, --packages and the class path, and start plain JVMs with"
                    + " --add-opens=java.base/java.nio=ALL-UNNAMED";
        }

        private static String origin(Class<?> type) {
            var source = type.getProtectionDomain().getCodeSource();
            return source == null ? "an unknown place" : String.valueOf(source.getLocation());
        }
    }
}
