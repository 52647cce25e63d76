package io.hox.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.codec.Crc32c;
import io.hox.codec.Transform;
import io.hox.store.MissingObjectException;
import io.hox.store.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that are not what they should be: a message with the place and the value, never a crash. */
class DamagedArrayTest {
    private static final int CHUNKS = 4;
    private static final int INDEX = 16 * CHUNKS + 4;
    private static final String SHARD = "g/a/c/0";

    @TempDir
    Path directory;

    ObjectStore store;

    ObjectStore open(Path root) {
        return ObjectStore.open(root.toString(), Map.of());
    }

    @BeforeEach
    void writeArray() {
        store = open(directory);
        write("g/a", Compression.bitpacked(Transform.DELTA, 4));
    }

    private void write(String path, Compression compression) {
        ArrayMetadata template = ArrayMetadata.sharded(
                DataType.UINT32, new long[] {0}, new int[] {256}, new long[] {256 * CHUNKS}, compression);
        try (ArrayWriter writer = hierarchy().createArray(path, template)) {
            writer.append(Oracle.random(DataType.UINT32, 1000, 1), 0, 1000);
            writer.finish();
        }
    }

    private ZarrHierarchy hierarchy() {
        return new ZarrHierarchy(store, new ZarrCache());
    }

    private AbstractThrowableAssert<?, ? extends Throwable> reading(String path) {
        return assertThatThrownBy(() -> hierarchy().array(path).readAll()).isInstanceOf(HoxException.class);
    }

    private void damageIndex(int chunk, long offset, long size) {
        byte[] shard = store.read(SHARD);
        ByteBuffer bytes = ByteBuffer.wrap(shard).order(ByteOrder.LITTLE_ENDIAN);
        int index = shard.length - INDEX;
        bytes.putLong(index + 16 * chunk, offset);
        bytes.putLong(index + 16 * chunk + 8, size);
        bytes.putInt(shard.length - 4, Crc32c.of(shard, index, 16 * CHUNKS));
        store.write(SHARD, shard);
    }

    @Test
    void aChangedIndexIsNoticed() {
        byte[] shard = store.read(SHARD);
        shard[shard.length - 20] ^= 1;
        store.write(SHARD, shard);
        reading("g/a")
                .hasMessageContaining("array 'g/a' in store " + store.uri())
                .hasMessageContaining("shard 'g/a/c/0'")
                .hasMessageContaining("the checksum of the shard index is")
                .hasMessageContaining("damaged");
    }

    @Test
    void aShardShorterThanItsIndex() {
        store.write(SHARD, new byte[INDEX - 1]);
        reading("g/a")
                .hasMessageContaining("shard 'g/a/c/0'")
                .hasMessageContaining("the object has 67 bytes; the index of its 4 chunks alone needs 68");
        store.write(SHARD, new byte[0]);
        reading("g/a").hasMessageContaining("the object has 0 bytes");
    }

    @Test
    void aShardThatLostItsStart() {
        byte[] shard = store.read(SHARD);
        store.write(SHARD, Arrays.copyOfRange(shard, 100, shard.length));
        reading("g/a").hasMessageContaining("shard 'g/a/c/0', chunk").hasMessageContaining("outside the object of");
    }

    @Test
    void aShardThatShrinksAfterItsIndexWasRead() {
        ZarrHierarchy zarr = hierarchy();
        zarr.array("g/a").readRanges(new long[] {0}, new long[] {1}, 1);
        store.write(SHARD, new byte[10]);
        assertThatThrownBy(() -> zarr.array("g/a").readAll())
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("object 'g/a/c/0'")
                .hasMessageContaining("bytes")
                .hasMessageContaining("truncated");
        assertThatThrownBy(() -> zarr.array("g/a").readAll())
                .as("what was remembered is forgotten")
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("the object has 10 bytes; the index of its 4 chunks alone needs 68");
    }

    @Test
    void aShardThatVanishesAfterItsIndexWasRead() {
        ZarrHierarchy zarr = hierarchy();
        zarr.array("g/a").readRanges(new long[] {0}, new long[] {1}, 1);
        store.delete(SHARD);
        assertThatThrownBy(() -> zarr.array("g/a").readAll())
                .isInstanceOf(MissingObjectException.class)
                .hasMessage("object 'g/a/c/0' does not exist in store " + store.uri());
    }

    @Test
    void chunksOutsideTheObject() {
        damageIndex(2, 1_000_000, 10);
        reading("g/a")
                .hasMessageContaining("shard 'g/a/c/0', chunk 2: the index places it at 1000000 with 10 bytes")
                .hasMessageContaining("outside the object of " + store.size(SHARD) + " bytes");
        damageIndex(2, Long.MAX_VALUE, Long.MAX_VALUE);
        reading("g/a").hasMessageContaining("9223372036854775807");
        damageIndex(2, -2, 5);
        reading("g/a").hasMessageContaining("18446744073709551614");
        damageIndex(2, 0, -1);
        reading("g/a").hasMessageContaining("chunk 2");
    }

    @Test
    void theOtherChunksOfADamagedShardCanBeRead() {
        damageIndex(2, 1_000_000, 10);
        Values good = hierarchy().array("g/a").readRanges(new long[] {0, 800}, new long[] {500, 900}, 2);
        assertThat(good.length()).isEqualTo(600);
    }

    @Test
    void aChunkLargerThanItCanBe() {
        byte[] shard = store.read(SHARD);
        byte[] larger = new byte[200_000];
        System.arraycopy(shard, shard.length - INDEX, larger, larger.length - INDEX, INDEX);
        store.write(SHARD, larger);
        damageIndex(1, 0, 150_000);
        reading("g/a").hasMessageContaining("chunk 1: the index gives it 150000 bytes");
    }

    @Test
    void aChunkOfAnotherElementSize() {
        String json = new String(store.read("g/a/zarr.json"), StandardCharsets.UTF_8);
        store.write("g/a/zarr.json", bytes(json.replace("\"element_size\": 4", "\"element_size\": 8")));
        reading("g/a").hasMessageContaining("shard 'g/a/c/0', chunk 0: bit packing");
    }

    @Test
    void aChunkOfRandomBytesNeverCrashes() {
        Random random = new Random(5);
        for (Compression compression :
                new Compression[] {Compression.none(), Compression.zstd(), Compression.bitpacked(Transform.NONE, 4)}) {
            String path = "g/r" + random.nextInt();
            write(path, compression);
            String key = path + "/c/0";
            byte[] good = store.read(key);
            for (int i = 0; i < 200; i++) {
                byte[] bad = good.clone();
                for (int k = 0; k < 3; k++) {
                    bad[random.nextInt(bad.length - INDEX)] = (byte) random.nextInt();
                }
                store.write(key, bad);
                try {
                    hierarchy().array(path).readAll();
                } catch (HoxException e) {
                    assertThat(e).hasMessageContaining("shard '" + key + "', chunk");
                }
            }
        }
    }

    @Test
    void missingDocuments() {
        assertThatThrownBy(() -> hierarchy().array("g/nothing"))
                .isInstanceOf(MissingObjectException.class)
                .hasMessage("object 'g/nothing/zarr.json' does not exist in store " + store.uri());
        assertThatThrownBy(() -> hierarchy().array("g"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'g'")
                .hasMessageContaining("is a group");
        assertThatThrownBy(() -> hierarchy().array("../g/a"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("key '../g/a/zarr.json' is not allowed in store " + store.uri());
    }

    @Test
    void aDocumentThatIsNoJson() {
        store.write("g/bad/zarr.json", bytes("{\"shape\": ["));
        reading("g/bad")
                .hasMessageContaining("document 'g/bad/zarr.json' in store " + store.uri() + " is not valid JSON");
        store.write("g/bad/zarr.json", bytes("[1]"));
        reading("g/bad").hasMessageContaining("is not a JSON object");
        store.write("g/bad/zarr.json", bytes("[".repeat(100_000)));
        reading("g/bad").hasMessageContaining("not valid JSON");
    }

    @Test
    void readsOutsideTheArray() {
        ZarrArray array = hierarchy().array("g/a");
        assertThatThrownBy(() -> array.readRanges(new long[] {990}, new long[] {1001}, 1))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("array 'g/a'")
                .hasMessageContaining("[990, 1001) is not inside axis 0 of length 1000");
        assertThatThrownBy(() -> array.readRanges(new long[] {-1}, new long[] {4}, 1))
                .isInstanceOf(HoxException.class);
        assertThatThrownBy(() -> array.readRows(new long[] {1000}, 1)).isInstanceOf(HoxException.class);
        assertThatThrownBy(() -> array.readRows(new long[] {Long.MAX_VALUE}, 1)).isInstanceOf(HoxException.class);
        assertThatThrownBy(() -> array.readBox(new long[] {5}, new long[] {4})).isInstanceOf(HoxException.class);
        assertThatThrownBy(() -> array.readBox(new long[] {0, 0}, new long[] {1, 1}))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("has 1 axes");
    }

    @Test
    void aReadThatNoArrayCanHold() {
        ArrayMetadata huge = ArrayMetadata.sharded(
                DataType.UINT8, new long[] {1L << 40}, new int[] {1 << 20}, new long[] {1L << 30}, Compression.none());
        hierarchy().commitArray("g/huge", huge);
        reading("g/huge").hasMessageContaining("array 'g/huge'").hasMessageContaining("read less at a time");
        ZarrArray array = hierarchy().array("g/huge");
        Values end = array.readRanges(new long[] {(1L << 40) - 5}, new long[] {1L << 40}, 1);
        assertThat(end.bytes()).containsOnly(0).hasSize(5);
        long[] starts = {0, 0};
        long[] ends = {1L << 39, 1L << 39};
        assertThatThrownBy(() -> array.readRanges(starts, ends, 2)).isInstanceOf(HoxException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
