package io.hox.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.RemoteFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How far requests run ahead of who takes their bytes. */
@Timeout(60)
class FetchWindowTest {
    private static final int MIB = 1 << 20;
    private static final int SIZE = 160 * MIB;

    @TempDir
    Path directory;

    private ObjectStore store;
    private RangeRead whole;

    @BeforeEach
    void startReading() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(directory.resolve("o").toFile(), "rw")) {
            file.setLength(SIZE);
        }
        store = ObjectStore.open(RemoteFiles.uri(directory), RemoteFiles.options());
        ByteRange[] chunks = IntStream.range(0, SIZE / MIB)
                .mapToObj(i -> new ByteRange((long) i * MIB, MIB))
                .toArray(ByteRange[]::new);
        whole = store.plan("o", store.find("o"), chunks);
    }

    private void awaitBytes(long bytes) throws InterruptedException {
        while (store.counter().bytesRead() < bytes) {
            Thread.sleep(2);
        }
        Thread.sleep(100);
        assertThat(store.counter().bytesRead()).isEqualTo(bytes);
    }

    @Test
    void bytesThatNobodyTakesAreBounded() throws InterruptedException {
        FetchWindow window = new FetchWindow();
        window.add(whole);
        awaitBytes(FetchWindow.MAX_BYTES);
        int[] taken = {0};
        window.deliver(whole, (range, bytes) -> {
            taken[0]++;
            long ahead = store.counter().bytesRead() - (long) taken[0] * MIB;
            assertThat(ahead).isLessThanOrEqualTo(FetchWindow.MAX_BYTES);
        });
        assertThat(taken[0]).isEqualTo(SIZE / MIB);
        assertThat(store.counter().bytesRead()).isEqualTo(SIZE);
    }

    @Test
    void aRequestBeyondTheWindowGoesAlone() throws InterruptedException {
        RangeRead all = store.plan("o", store.find("o"), new ByteRange[] {new ByteRange(0, 100 * MIB)});
        FetchWindow window = new FetchWindow();
        window.add(all);
        window.add(whole);
        awaitBytes(100L * MIB);
        int[] taken = {0};
        window.deliver(all, (range, bytes) -> taken[0] += bytes.length());
        window.deliver(whole, (range, bytes) -> taken[0] += bytes.length());
        assertThat(taken[0]).isEqualTo(260 * MIB);
    }

    @Test
    void aClosedWindowSendsNothing() throws InterruptedException {
        FetchWindow window = new FetchWindow();
        window.close();
        window.add(whole);
        Thread.sleep(100);
        assertThat(store.counter().bytesRead()).isZero();
    }
}
