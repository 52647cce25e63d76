package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.codec.Transform;
import io.hox.store.ObjectStore;
import io.hox.testing.Directories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayWriterTest {
    private static final ArrayMetadata TEMPLATE = ArrayMetadata.sharded(
            DataType.UINT32, new long[] {0}, new int[] {8}, new long[] {24}, Compression.bitpacked(Transform.DELTA, 4));

    @TempDir
    Path directory;

    private ObjectStore store;
    private ZarrHierarchy zarr;

    @BeforeEach
    void openStore() {
        store = ObjectStore.open(directory.toString(), Map.of());
        zarr = new ZarrHierarchy(store, new ZarrCache());
    }

    private void write(String path, int... values) {
        try (ArrayWriter writer = zarr.createArray(path, TEMPLATE)) {
            writer.append(Values.of(DataType.UINT32, values), 0, values.length);
            writer.finish();
        }
    }

    @Test
    void everyGroupOfThePathHasADocumentAndNoneIsConsolidated() throws IOException {
        write("run/d1/csr/layers/counts", 1, 2, 3);
        assertThat(Directories.files(directory))
                .containsExactly(
                        "run/d1/csr/layers/counts/c/0",
                        "run/d1/csr/layers/counts/zarr.json",
                        "run/d1/csr/layers/zarr.json",
                        "run/d1/csr/zarr.json",
                        "run/d1/zarr.json",
                        "run/zarr.json",
                        "zarr.json");
        assertThat(new String(store.read("run/d1/zarr.json"), StandardCharsets.UTF_8))
                .isEqualTo("{\n  \"attributes\": {},\n  \"zarr_format\": 3,\n  \"node_type\": \"group\"\n}");
        assertThat(zarr.groupExists("run/d1/csr")).isTrue();
    }

    @Test
    void shardsOfZerosAreStored() throws IOException {
        write("a", new int[50]);
        assertThat(Directories.files(directory)).containsExactly("a/c/0", "a/c/1", "a/c/2", "a/zarr.json", "zarr.json");
        assertThat(store.size("a/c/0")).as("only the index").isEqualTo(16 * 3 + 4);
        assertThat(zarr.array("a").readAll().ints()).containsOnly(0).hasSize(50);
    }

    @Test
    void anEmptyArrayHasNoShard() throws IOException {
        write("a");
        assertThat(Directories.files(directory)).containsExactly("a/zarr.json", "zarr.json");
        assertThat(zarr.array("a").readAll().length()).isZero();
    }

    @Test
    void nothingOfAnAbortedArrayRemains() throws IOException {
        try (ArrayWriter writer = zarr.createArray("g/a", TEMPLATE)) {
            writer.append(Oracle.random(DataType.UINT32, 60, 1), 0, 60);
        }
        assertThat(Directories.files(directory)).containsExactly("g/zarr.json", "zarr.json");
        assertThat(zarr.arrayOrNull("g/a")).isNull();
    }

    @Test
    void anArrayAppearsWithItsDocument() {
        try (ArrayWriter writer = zarr.createArray("a", TEMPLATE)) {
            assertThat(zarr.arrayOrNull("a")).isNull();
            writer.append(Values.of(DataType.UINT32, new int[] {1, 2}), 0, 2);
            assertThat(zarr.arrayOrNull("a")).isNull();
            writer.finish();
        }
        assertThat(zarr.array("a").readAll().ints()).containsExactly(1, 2);
    }

    @Test
    void existingArraysAreNotOverwritten() {
        write("a", 1, 2);
        assertThatThrownBy(() -> zarr.createArray("a", TEMPLATE))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'a' exists in store " + directory);
        assertThatThrownBy(() -> zarr.createArray("a/below", TEMPLATE))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'a' in store " + directory + " is an array, not a group");
    }

    @Test
    void severalWritersShareAnArray() {
        Values all = Oracle.random(DataType.UINT32, 60, 3);
        for (long shard : new long[] {2, 0, 1}) {
            int at = (int) shard * 24;
            try (ArrayWriter writer = zarr.createShards("g/a", TEMPLATE, shard)) {
                writer.append(all, at, Math.min(24, 60 - at));
                writer.finish();
            }
        }
        assertThat(zarr.arrayOrNull("g/a")).isNull();
        zarr.commitArray("g/a", TEMPLATE.withShape(60));
        assertThat(zarr.array("g/a").readAll().ints()).isEqualTo(all.ints());
        assertThat(zarr.groupExists("g")).isTrue();
    }

    @Test
    void anAbortLeavesTheShardsOfAnArrayThatWritersShare() throws IOException {
        Values all = Oracle.random(DataType.UINT32, 60, 3);
        try (ArrayWriter first = zarr.createShards("g/a", TEMPLATE, 0)) {
            first.append(all, 0, 60);
            first.finish();
        }
        byte[] written = store.read("g/a/c/1");
        try (ArrayWriter repeated = zarr.createShards("g/a", TEMPLATE, 0)) {
            repeated.append(all, 0, 50);
        }
        assertThat(Directories.files(directory)).containsExactly("g/a/c/0", "g/a/c/1", "g/a/c/2");
        assertThat(store.read("g/a/c/1")).isEqualTo(written);
        zarr.commitArray("g/a", TEMPLATE.withShape(60));
        assertThat(zarr.array("g/a").readAll().ints()).isEqualTo(all.ints());
    }

    @Test
    void refusesWhatDoesNotFit() {
        ArrayMetadata cut = ArrayMetadata.sharded(
                DataType.UINT8, new long[] {0, 8}, new int[] {1, 4}, new long[] {1, 8}, Compression.none());
        assertThatThrownBy(() -> zarr.createArray("cut", cut))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("array 'cut' cannot be written from start to end");
        ArrayMetadata dense = ArrayMetadata.dense(DataType.FLOAT32, 3, Compression.zstd());
        try (ArrayWriter writer = zarr.createArray("dense", dense)) {
            writer.append(Values.allocate(DataType.FLOAT32, 7), 0, 7);
            assertThatThrownBy(writer::finish)
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("array 'dense' received 7 elements, which is no multiple of 3");
            assertThatThrownBy(() -> writer.append(Values.allocate(DataType.INT8, 1), 0, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("takes float32, not int8");
        }
    }
}
