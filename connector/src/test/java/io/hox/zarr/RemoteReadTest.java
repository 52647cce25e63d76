package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.store.ObjectStore;
import io.hox.testing.FaultyS3;
import io.hox.testing.FaultyS3.Fault;
import io.hox.testing.S3Requests;
import io.hox.testing.S3Server;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reads of arrays ask an object store that is slow, and that fails now and then. */
@Timeout(120)
class RemoteReadTest {
    /** Random values of 64 bits: no codec makes them smaller. */
    private static final int CHUNK = 1024;

    private static final int CHUNKS_PER_SHARD = 4;
    private static final int SHARDS = 16;
    private static final int SHARD = CHUNK * CHUNKS_PER_SHARD;
    private static final int N = SHARD * SHARDS;

    private final S3Server server = S3Server.running();
    private final S3Requests seen = server.requests();
    private final String bucket = server.bucket();
    private final FaultyS3 way = FaultyS3.to(server);
    private final Values values = Oracle.random(DataType.UINT64, N, 3);
    private final ZarrHierarchy zarr = through(way.options());

    private ZarrHierarchy through(Map<String, String> options) {
        return new ZarrHierarchy(ObjectStore.open("s3a://" + bucket, options), new ZarrCache());
    }

    @BeforeEach
    void write() {
        ArrayMetadata template = ArrayMetadata.sharded(
                DataType.UINT64, new long[] {0}, new int[] {CHUNK}, new long[] {SHARD}, Compression.none());
        try (ArrayWriter writer = through(server.options()).createArray("g/a", template)) {
            writer.append(values, 0, N);
            writer.finish();
        }
        // The first request of a client takes longer than the others.
        zarr.store().size("absent");
        seen.clear();
    }

    @AfterEach
    void close() {
        way.close();
    }

    /** The first chunk of every shard. */
    private PendingRead startOneChunkOfEach(ZarrArray array) {
        long[] starts = new long[SHARDS];
        long[] ends = new long[SHARDS];
        for (int i = 0; i < SHARDS; i++) {
            starts[i] = (long) i * SHARD;
            ends[i] = starts[i] + CHUNK;
        }
        return array.startRanges(starts, ends, SHARDS);
    }

    private void checkOneChunkOfEach(Values read) {
        for (int i = 0; i < SHARDS; i++) {
            assertThat(java.util.Arrays.copyOfRange(read.longs(), i * CHUNK, (i + 1) * CHUNK))
                    .isEqualTo(java.util.Arrays.copyOfRange(values.longs(), i * SHARD, i * SHARD + CHUNK));
        }
    }

    @Test
    void aShardIsLookedUpOnceAndThenOnlyItsRangesAreAskedFor() {
        ZarrArray array = zarr.array("g/a");
        seen.clear();
        array.readRanges(new long[] {5}, new long[] {9}, 1);
        assertThat(seen.keys()).as("size, index, chunk").containsExactly("g/a/c/0", "g/a/c/0", "g/a/c/0");
        seen.clear();
        array.readRanges(new long[] {CHUNK, 3 * CHUNK}, new long[] {CHUNK + 1, 3 * CHUNK + 1}, 2);
        int bytes = 8 * CHUNK;
        assertThat(seen.ranges())
                .containsExactlyInAnyOrder(
                        "g/a/c/0 bytes=" + bytes + "-" + (2 * bytes - 1),
                        "g/a/c/0 bytes=" + 3 * bytes + "-" + (4 * bytes - 1));
        assertThat(seen.keys()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 100})
    void requestsAreUnderWayTogether(int millis) {
        ZarrArray array = zarr.array("g/a");
        way.delay(Duration.ofMillis(millis));
        long before = way.requests();
        long start = System.nanoTime();
        Values read = startOneChunkOfEach(array).get();
        long took = (System.nanoTime() - start) / 1_000_000;
        checkOneChunkOfEach(read);
        assertThat(way.requests() - before)
                .as("size, index and chunk of each shard")
                .isEqualTo(3 * SHARDS);
        assertThat(way.mostAtOnce()).isGreaterThanOrEqualTo(SHARDS / 2);
        assertThat(millis < 100 || took < 3L * SHARDS * millis / 2)
                .as("one after the other they take %d ms, together %d", 3 * SHARDS * millis, took)
                .isTrue();
    }

    @Test
    void aStartedReadDoesNotWaitAndItsRequestsGoOut() throws InterruptedException {
        ZarrArray array = zarr.array("g/a");
        way.delay(Duration.ofMillis(300));
        long before = way.requests();
        long start = System.nanoTime();
        try (PendingRead read = startOneChunkOfEach(array)) {
            assertThat(System.nanoTime() - start).isLessThan(300_000_000);
            assertThat(read.length()).isEqualTo(SHARDS * CHUNK);
            while (way.requests() - before < 3 * SHARDS) {
                Thread.sleep(5);
            }
            way.delay(Duration.ofSeconds(100));
            checkOneChunkOfEach(read.get());
        }
    }

    @Test
    void aClosedReadAsksForNothingMore() throws InterruptedException {
        ZarrArray array = zarr.array("g/a");
        way.delay(Duration.ofMillis(100));
        long before = way.requests();
        PendingRead read = startOneChunkOfEach(array);
        read.close();
        read.close();
        Thread.sleep(500);
        assertThat(way.requests() - before)
                .as("indexes serve others, too; chunks don't")
                .isLessThanOrEqualTo(2 * SHARDS);
        assertThatThrownBy(read::get).isInstanceOf(HoxException.class).hasMessageContaining("given up");
    }

    @Test
    void readsAtTheSameTimeShareTheIndexes() {
        ZarrArray array = zarr.array("g/a");
        way.delay(Duration.ofMillis(50));
        long before = way.requests();
        try (PendingRead one = startOneChunkOfEach(array);
                PendingRead other = startOneChunkOfEach(array)) {
            checkOneChunkOfEach(other.get());
            checkOneChunkOfEach(one.get());
        }
        assertThat(way.requests() - before).isEqualTo(4 * SHARDS);
        assertThat(zarr.store().counter().snapshot())
                .extracting(counts -> List.of(counts.cacheHits(), counts.cacheMisses(), counts.chunksDecoded()))
                .isEqualTo(List.of((long) SHARDS, SHARDS + 1L, 2L * SHARDS));
        assertThat(zarr.store().counter().waitNanos()).isGreaterThan(50_000_000);
        assertThat(zarr.store().counter().decodeNanos()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyFifthRequestMayFail(Fault fault) {
        ZarrArray array = zarr.array("g/a");
        way.failing(5, fault).delay(Duration.ofMillis(5));
        long before = way.requests();
        checkOneChunkOfEach(startOneChunkOfEach(array).get());
        assertThat(way.faults()).isGreaterThanOrEqualTo(SHARDS * 3 / 5);
        assertThat(way.requests() - before)
                .as("what failed is asked for again, and nothing else")
                .isEqualTo(3 * SHARDS + way.faults());
    }

    @Test
    void aServerThatOnlyFailsIsReportedAndAskedAnewLater() {
        Map<String, String> options = new HashMap<>(way.options());
        options.put("fs.s3a.retry.throttle.limit", "2");
        options.put("fs.s3a.retry.throttle.interval", "20ms");
        ZarrHierarchy impatient = through(options);
        ZarrArray array = impatient.array("g/a");
        way.failing(1, Fault.SLOW_DOWN);
        long before = way.requests();
        assertThatThrownBy(() -> startOneChunkOfEach(array).get())
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("cannot read 'g/a/c/")
                .hasMessageNotContaining(S3Server.SECRET_KEY);
        assertThat(way.requests() - before).isLessThan(SHARDS * 20L);
        way.failing(0);
        checkOneChunkOfEach(startOneChunkOfEach(array).get());
    }

    @Test
    void aReplacedShardIsReportedAndReadAnewLater() {
        ZarrArray array = zarr.array("g/a");
        checkOneChunkOfEach(startOneChunkOfEach(array).get());
        byte[] shard = zarr.store().read("g/a/c/0");
        shard[0] ^= 1;
        through(server.options()).store().write("g/a/c/0", shard);
        assertThatThrownBy(() -> startOneChunkOfEach(array).get())
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'g/a/c/0'")
                .hasMessageContaining("changed");
        assertThat(startOneChunkOfEach(array).get().longs()[0]).isEqualTo(values.longs()[0] ^ 1);
    }
}
