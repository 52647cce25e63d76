package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.store.ByteSlice;
import io.hox.store.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that are cut along every axis, as images are: shards laid by hand, chunks in them in any order. */
class BoxPlannerTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void readsBoxesAndRows(long seed) {
        Random random = new Random(seed);
        int rank = 1 + random.nextInt(4);
        long[] shape = new long[rank];
        int[] chunk = new int[rank];
        long[] shard = new long[rank];
        for (int k = 0; k < rank; k++) {
            shape[k] = 1 + random.nextInt(9);
            chunk[k] = random.nextInt(3) == 0 ? (int) shape[k] : 1 + random.nextInt(4);
            shard[k] = chunk[k] * (1L + random.nextInt(3));
        }
        ObjectStore store = ObjectStore.open(directory.toString(), Map.of());
        ArrayMetadata metadata = ArrayMetadata.sharded(DataType.UINT16, shape, chunk, shard, Compression.zstd());
        Values all = Oracle.random(DataType.UINT16, (int) metadata.elements(), seed);
        writeShards(store, metadata, all, random);
        ZarrHierarchy zarr = new ZarrHierarchy(store, new ZarrCache());
        zarr.commitArray("a", metadata);
        ZarrArray array = zarr.array("a");
        assertThat(Oracle.bytes(array.readAll())).isEqualTo(Oracle.bytes(all));
        for (int i = 0; i < 30; i++) {
            long[] min = new long[rank];
            long[] max = shape.clone();
            int given = random.nextInt(rank + 1);
            for (int k = 0; k < given; k++) {
                min[k] = random.nextLong(shape[k]);
                max[k] = min[k] + random.nextLong(shape[k] - min[k] + 1);
            }
            Values box = array.readBox(Arrays.copyOf(min, given), Arrays.copyOf(max, given));
            assertThat(Oracle.bytes(box)).isEqualTo(Oracle.box(all, shape, min, max));
            long row = random.nextLong(shape[0]);
            long[] rowMin = new long[rank];
            long[] rowMax = shape.clone();
            rowMin[0] = row;
            rowMax[0] = row + 1;
            assertThat(Oracle.bytes(array.readRows(new long[] {row}, 1)))
                    .isEqualTo(Oracle.box(all, shape, rowMin, rowMax));
        }
    }

    /** Chunks of zeros are left out, and so are shards without a chunk. */
    private static void writeShards(ObjectStore store, ArrayMetadata metadata, Values all, Random random) {
        Grid grid = metadata.grid();
        long shards = Arrays.stream(grid.shards).reduce(1, (a, b) -> a * b);
        for (long s = 0; s < shards; s++) {
            ByteBuffer payload = ByteBuffer.allocate(1 << 20);
            ByteBuffer index = ByteBuffer.allocate(16 * grid.chunksPerShard).order(ByteOrder.LITTLE_ENDIAN);
            int stored = 0;
            int first = random.nextInt(grid.chunksPerShard);
            for (int i = 0; i < grid.chunksPerShard; i++) {
                int c = (first + i) % grid.chunksPerShard;
                Values chunk = chunk(grid, all, s, c);
                index.putLong(16 * c, -1).putLong(16 * c + 8, -1);
                if (!chunk.all(0, 0, chunk.length())) {
                    byte[] encoded = new ChunkEncoder(metadata.codecs(), chunk.type(), chunk.length())
                            .encode(chunk, 0)
                            .toArray();
                    index.putLong(16 * c, payload.position()).putLong(16 * c + 8, encoded.length);
                    payload.put(encoded);
                    stored++;
                }
            }
            if (stored > 0) {
                payload.put(index.array());
                byte[] checksum = new ByteCodec.Checksum().encode(index.array(), 0, index.capacity());
                payload.put(checksum, index.capacity(), 4);
                store.write(
                        metadata.keys().key("a", grid.shardCoordinates(s)),
                        new ByteSlice(payload.array(), 0, payload.position()).toArray());
            }
        }
    }

    private static Values chunk(Grid grid, Values all, long shard, int number) {
        int rank = grid.shape.length;
        long[] origin = grid.shardCoordinates(shard);
        int rest = number;
        for (int k = rank - 1; k >= 0; k--) {
            origin[k] = (origin[k] * grid.perShard[k] + rest % grid.perShard[k]) * grid.chunk[k];
            rest /= grid.perShard[k];
        }
        Values chunk = Values.allocate(DataType.UINT16, grid.chunkElements);
        for (int i = 0; i < grid.chunkElements; i++) {
            long position = 0;
            int left = i;
            boolean inside = true;
            long stride = 1;
            for (int k = rank - 1; k >= 0; k--) {
                long x = origin[k] + left % grid.chunk[k];
                left /= grid.chunk[k];
                inside &= x < grid.shape[k];
                position += x * stride;
                stride *= grid.shape[k];
            }
            chunk.shorts()[i] = inside ? all.shorts()[(int) position] : 0;
        }
        return chunk;
    }
}
