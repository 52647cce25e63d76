package io.hox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.testing.Jvm;
import io.hox.testing.RemoteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several ranges with one call, where Hadoop has it. */
class VectoredReadTest {
    private static final Path NEWER_HADOOP = Path.of("target", "newer-hadoop", "hadoop-client-api.jar");
    private static final int SIZE = 8 << 20;

    @TempDir
    Path directory;

    @Test
    void theHadoopOfSparkReadsRangesOneByOne() {
        assertThat(VectoredRead.exists()).isFalse();
    }

    @Test
    void aNewerHadoopReadsThemTogether() throws IOException, InterruptedException {
        Files.write(directory.resolve("o"), ObjectStoreContract.pattern(SIZE));
        Path log = directory.resolve("log");
        Process process = Jvm.start(WithNewerHadoop.class, log, List.of(NEWER_HADOOP), List.of(directory.toString()));
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /** What is checked in a JVM with the newer Hadoop. */
    public static final class WithNewerHadoop {
        private WithNewerHadoop() {}

        public static void main(String[] args) throws IOException {
            Path root = Path.of(args[0]);
            ObjectStore store = ObjectStore.open(RemoteFiles.uri(root), RemoteFiles.options());
            byte[] content = ObjectStoreContract.pattern(SIZE);
            StoredObject object = store.find("o");

            List<ByteRange> some = List.of(new ByteRange(5, 10), new ByteRange(SIZE - 70_000, 70_000));
            List<CompletableFuture<byte[]>> parts = object.readTogether(some);
            assertThat(parts).as("the call was made").hasSize(2);
            assertThat(parts.get(0).join()).isEqualTo(ObjectStoreContract.part(content, 5, 10));
            assertThat(parts.get(1).join()).isEqualTo(ObjectStoreContract.part(content, SIZE - 70_000, 70_000));

            ByteRange[] scattered = IntStream.range(0, 50)
                    .mapToObj(i -> new ByteRange(i * 160_000L, 1000))
                    .toArray(ByteRange[]::new);
            store.counter().reset();
            ByteSlice[] slices = store.readRanges("o", scattered);
            for (int i = 0; i < scattered.length; i++) {
                assertThat(slices[i].toArray()).isEqualTo(ObjectStoreContract.part(content, i * 160_000, 1000));
            }
            assertThat(store.counter().requests()).isEqualTo(50);
            assertThat(store.counter().bytesRead()).isEqualTo(50_000);

            Files.write(root.resolve("o"), ObjectStoreContract.part(content, 0, 1_000_000));
            RangeRead read = store.plan("o", object, scattered);
            FetchWindow window = new FetchWindow();
            window.add(read);
            assertThatThrownBy(() -> window.deliver(read, (range, bytes) -> {}))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("had " + SIZE + " bytes when it was found")
                    .hasMessageContaining("truncated");
        }
    }
}
