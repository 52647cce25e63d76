package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.codec.Transform;
import io.hox.store.ObjectStore;
import io.hox.store.RequestCounter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a read asks the store. */
class RequestCountTest {
    @TempDir
    Path directory;

    private ZarrHierarchy zarr;
    private RequestCounter counter;

    @BeforeEach
    void writeArray() {
        ZarrHierarchy writing = new ZarrHierarchy(ObjectStore.open(directory.toString(), Map.of()), new ZarrCache());
        ArrayMetadata template = ArrayMetadata.sharded(
                DataType.UINT32,
                new long[] {0},
                new int[] {1024},
                new long[] {16 * 1024},
                Compression.bitpacked(Transform.NONE, 4));
        try (ArrayWriter writer = writing.createArray("g/a", template)) {
            writer.append(Oracle.random(DataType.UINT32, 40_000, 1), 0, 40_000);
            writer.finish();
        }
        counter = new RequestCounter();
        zarr = new ZarrHierarchy(ObjectStore.open(directory.toString(), Map.of()), new ZarrCache()).counting(counter);
    }

    @Test
    void anArrayThatNobodyReadsCostsNothing() {
        assertThat(counter.requests()).isZero();
        assertThat(zarr.arrayOrNull("g/absent")).isNull();
        assertThat(counter.requests()).as("its document, once").isEqualTo(1);
        assertThat(zarr.arrayOrNull("g/absent")).isNull();
        assertThat(counter.requests()).isEqualTo(1);
    }

    @Test
    void anEmptySelectionCostsTheDocumentOnly() {
        ZarrArray array = zarr.array("g/a");
        counter.reset();
        assertThat(array.readRanges(new long[] {5, 9}, new long[] {5, 3}, 2).length())
                .isZero();
        assertThat(array.readRows(new long[0], 0).length()).isZero();
        assertThat(counter.requests()).isZero();
    }

    @Test
    void documentAndIndexAreFetchedOncePerArrayAndShard() {
        zarr.array("g/a").readAll();
        assertThat(counter.requests()).as("document, 3 indexes, 3 shards").isEqualTo(7);
        counter.reset();
        zarr.array("g/a").readAll();
        assertThat(counter.requests()).as("3 shards").isEqualTo(3);
    }

    @Test
    void decodedChunksAndTheCacheAreCountedForTheTask() {
        ZarrArray array = zarr.array("g/a");
        assertThat(counter.cacheMisses()).as("document").isEqualTo(1);
        array.readRanges(new long[] {0, 100, 5000}, new long[] {10, 110, 5001}, 3);
        assertThat(counter.chunksDecoded()).isEqualTo(2);
        assertThat(counter.cacheMisses()).as("and index").isEqualTo(2);
        assertThat(counter.cacheHits()).isZero();
        assertThat(counter.waitNanos()).isPositive();
        assertThat(counter.decodeNanos()).isPositive();

        RequestCounter other = new RequestCounter();
        zarr.counting(other).array("g/a").readAll();
        assertThat(other.chunksDecoded()).isEqualTo(40);
        assertThat(other.cacheHits()).as("document and first index").isEqualTo(2);
        assertThat(other.cacheMisses()).as("the other indexes").isEqualTo(2);
        assertThat(counter.chunksDecoded()).isEqualTo(2);
    }

    @Test
    void nearRangesShareARequest() {
        ZarrArray array = zarr.array("g/a");
        array.readRanges(new long[] {0}, new long[] {1}, 1);
        counter.reset();
        long[] starts = new long[100];
        long[] ends = new long[100];
        for (int i = 0; i < 100; i++) {
            starts[i] = (i * 7919L) % (16 * 1024 - 10);
            ends[i] = starts[i] + 10;
        }
        array.readRanges(starts, ends, 100);
        assertThat(counter.requests()).isEqualTo(1);
    }

    @Test
    void tasksThatAskAtTheSameTimeFetchAnIndexOnce() {
        IntStream.range(0, 64).parallel().forEach(i -> zarr.array("g/a")
                .readRanges(new long[] {i * 10L}, new long[] {i * 10L + 5}, 1));
        assertThat(counter.requests()).as("document, index, 64 reads").isEqualTo(66);
    }

    @Test
    void anAbsentShardIsAskedForOnce() {
        zarr.store().delete("g/a/c/1");
        ZarrArray array = zarr.array("g/a");
        counter.reset();
        for (int i = 0; i < 3; i++) {
            Values values = array.readRanges(new long[] {20_000}, new long[] {20_100}, 1);
            assertThat(values.ints()).containsOnly(0);
        }
        assertThat(counter.requests()).isEqualTo(1);
    }

    @Test
    void aFullCacheForgetsTheEldest() {
        ZarrHierarchy small = new ZarrHierarchy(zarr.store(), new ZarrCache(1));
        counter.reset();
        small.array("g/a").readAll();
        small.array("g/a").readAll();
        assertThat(counter.requests()).isEqualTo(14);
    }
}
