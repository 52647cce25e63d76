package io.hox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.tuple;

import io.hox.HoxException;
import io.hox.testing.Directories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of store does; the objects can be seen as files. */
abstract class ObjectStoreContract {
    @TempDir
    Path directory;

    ObjectStore store;

    abstract ObjectStore open(Path root);

    @BeforeEach
    void openStore() {
        store = open(directory);
    }

    @Test
    void readsWhatItWroteAndNothingElseRemains() throws IOException {
        store.write("a/b/doc.json", bytes("one"));
        store.write("a/b/doc.json", bytes("two"));
        assertThat(store.read("a/b/doc.json")).isEqualTo(bytes("two"));
        assertThat(store.size("a/b/doc.json")).isEqualTo(3);
        assertThat(Directories.files(directory)).containsExactly("a/b/doc.json");
    }

    @Test
    void tellsAbsentObjectsApart() {
        store.write("a/doc", bytes("x"));
        assertThat(store.readOrNull("b")).isNull();
        assertThat(store.readOrNull("a")).as("a directory is no object").isNull();
        assertThat(store.readOrNull("a/doc/below")).isNull();
        assertThat(store.size("a")).isEqualTo(-1);
        assertThat(store.readSuffix("b", 4)).isNull();
        assertThatThrownBy(() -> store.read("b"))
                .isInstanceOf(MissingObjectException.class)
                .hasMessage("object 'b' does not exist in store " + store.uri());
        assertThatThrownBy(() -> store.readRanges("b", new ByteRange[] {new ByteRange(0, 1)}))
                .isInstanceOf(MissingObjectException.class);
    }

    @Test
    void aChannelReadsAnywhereInAnObject() throws IOException {
        byte[] content = pattern(3 * ObjectChannel.BLOCK + 100);
        store.write("o", content);
        try (ObjectChannel channel = store.channel("o")) {
            assertThat(channel.size()).isEqualTo(content.length);
            int[][] reads = {
                {5, 10},
                {ObjectChannel.BLOCK - 3, 7},
                {0, 2 * ObjectChannel.BLOCK + 9},
                {content.length - 4, 4},
                {0, content.length}
            };
            for (int[] read : reads) {
                ByteBuffer bytes = ByteBuffer.allocate(read[1]);
                assertThat(channel.position(read[0]).read(bytes)).isEqualTo(read[1]);
                assertThat(bytes.array()).isEqualTo(part(content, read[0], read[1]));
                assertThat(channel.position()).isEqualTo(read[0] + read[1]);
            }
            ByteBuffer direct = ByteBuffer.allocateDirect(20);
            assertThat(channel.position(content.length - 8).read(direct)).isEqualTo(8);
            assertThat(channel.read(direct)).isEqualTo(-1);
        }
        assertThatThrownBy(() -> store.channel("absent")).isInstanceOf(MissingObjectException.class);
    }

    @Test
    void tellsSizeAndAgeOfWhatItLists() {
        store.write("a/b/one", bytes("1"));
        store.write("a/two", bytes("22"));
        List<StoreEntry> children = new ArrayList<>();
        store.visitChildren("a", children::add);
        assertThat(children)
                .extracting(StoreEntry::name, StoreEntry::isDirectory)
                .containsExactlyInAnyOrder(tuple("b", true), tuple("two", false));
        List<StoreEntry> objects = new ArrayList<>();
        store.visitObjects("", objects::add);
        assertThat(objects)
                .extracting(StoreEntry::name, StoreEntry::isDirectory, StoreEntry::size)
                .containsExactlyInAnyOrder(tuple("one", false, 1L), tuple("two", false, 2L));
        long now = System.currentTimeMillis();
        assertThat(objects).allMatch(entry -> Math.abs(entry.modifiedMillis() - now) < 60_000);
        store.visitChildren("absent", entry -> fail("there is nothing"));
        store.visitObjects("absent", entry -> fail("there is nothing"));
        assertThatThrownBy(() -> store.visitObjects("..", entry -> {})).hasMessageContaining("not allowed");
    }

    @Test
    void readsNearRangesWithOneRequest() {
        byte[] content = pattern(10_000);
        store.write("o", content);
        store.counter().reset();
        ByteSlice[] slices = store.readRanges(
                "o", new ByteRange[] {new ByteRange(500, 9_500), new ByteRange(0, 10), new ByteRange(5, 10)});
        assertThat(slices[0].toArray()).isEqualTo(part(content, 500, 9_500));
        assertThat(slices[1].toArray()).isEqualTo(part(content, 0, 10));
        assertThat(slices[2].toArray()).isEqualTo(part(content, 5, 10));
        assertThat(store.counter().requests()).isEqualTo(1);
        assertThat(store.counter().bytesRead()).isEqualTo(10_000);
        assertThat(store.counter().bytesWasted()).isEqualTo(10_000 - 9_500 - 15);
    }

    @Test
    void readsFarRangesWithSeveral() {
        int far = RangePlan.MAX_GAP + 1;
        byte[] content = pattern(6 * far + 6);
        store.write("o", content);
        store.counter().reset();
        ByteRange[] ranges = IntStream.range(0, 6)
                .mapToObj(i -> new ByteRange(i * (far + 1L), 1))
                .toArray(ByteRange[]::new);
        int[] seen = new int[6];
        store.readRanges("o", ranges, (i, slice) -> {
            assertThat(slice.toArray()).isEqualTo(part(content, (int) ranges[i].offset(), 1));
            seen[i]++;
        });
        assertThat(seen).containsOnly(1);
        assertThat(store.counter().requests()).isEqualTo(6);
        assertThat(store.counter().bytesWasted()).isZero();
        assertThat(store.readRanges("o", ranges)[5].toArray()).isEqualTo(part(content, 5 * (far + 1), 1));
    }

    @Test
    void namesKeyRangeAndSizeOfATruncatedObject() {
        store.write("a/shard", new byte[100]);
        assertThatThrownBy(() -> store.readRanges("a/shard", new ByteRange[] {new ByteRange(90, 20)}))
                .isInstanceOf(HoxException.class)
                .hasMessage("object 'a/shard' in store " + store.uri()
                        + " has 100 bytes; the range [90, 110) lies outside: it is truncated or damaged");
        ByteRange[] far = {new ByteRange(0, 1), new ByteRange(1 << 30, 20)};
        assertThatThrownBy(() -> store.readRanges("a/shard", far))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("a/shard")
                .hasMessageContaining("has 100 bytes");
    }

    @Test
    void readsTheEndOfAnObject() {
        store.write("o", bytes("0123456789"));
        ObjectTail tail = store.readSuffix("o", 4);
        assertThat(tail.bytes().toArray()).isEqualTo(bytes("6789"));
        assertThat(tail.object().size()).isEqualTo(10);
        assertThat(store.readSuffix("o", 40).bytes().toArray()).isEqualTo(bytes("0123456789"));
    }

    @Test
    void refusesDocumentsThatAreTooLarge() {
        store.write("o", new byte[100]);
        assertThatThrownBy(() -> store.readOrNull("o", 99))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'o'")
                .hasMessageContaining("has 100 bytes where at most 99 are expected");
    }

    @Test
    void aStreamedObjectIsThereAfterClose() throws IOException {
        byte[] content = pattern(200_000);
        try (ObjectOutput output = store.create("x/streamed")) {
            output.write(content, 0, 10);
            output.write(content, 10, 150_000);
            output.write(content, 150_010, content.length - 150_010);
            assertThat(output.position()).isEqualTo(content.length);
        }
        assertThat(store.read("x/streamed")).isEqualTo(content);
        assertThat(store.counter().writes()).isEqualTo(1);
        assertThat(store.counter().bytesWritten()).isEqualTo(content.length);
    }

    @Test
    void anAbortedObjectLeavesNothing() throws IOException {
        ObjectOutput output = store.create("x/aborted");
        output.write(new byte[100_000], 0, 100_000);
        output.abort();
        output.close();
        assertThat(store.size("x/aborted")).isEqualTo(-1);
        assertThat(Directories.files(directory)).isEmpty();
    }

    @Test
    void listsAndDeletes() {
        store.write("g/b/doc", bytes("1"));
        store.write("g/a", bytes("2"));
        store.write("g/b/c/doc", bytes("3"));
        assertThat(store.list("g")).containsExactly("a", "b");
        assertThat(store.list("")).containsExactly("g");
        assertThat(store.list("none")).isEmpty();
        store.delete("g/a");
        store.delete("g/a");
        assertThat(store.list("g")).containsExactly("b");
        store.deleteRecursively("g/b");
        store.deleteRecursively("g/b");
        assertThat(store.list("g")).isEmpty();
    }

    @Test
    void namesAreLiteral() {
        for (String name : List.of("a b", "50%25", "x:y", "[a]*?", "ünï", "..hidden")) {
            store.write("d/" + name, bytes(name));
            assertThat(store.read("d/" + name)).isEqualTo(bytes(name));
            assertThat(store.list("d")).contains(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/abs", "a//b", "a/", "../up", "a/../b", "a/..", ".", "./a", "a\\b", "a\0b", "..\\x"})
    void refusesKeysThatCouldLeaveTheStore(String key) {
        assertThatThrownBy(() -> store.readOrNull(key))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("key '" + key.replace("\0", "\\0") + "' is not allowed in store " + store.uri());
        assertThatThrownBy(() -> store.write(key, new byte[1])).isInstanceOf(HoxException.class);
        assertThatThrownBy(() -> store.deleteRecursively(key)).isInstanceOf(HoxException.class);
        if (!key.isEmpty()) {
            assertThatThrownBy(() -> store.list(key)).isInstanceOf(HoxException.class);
        }
    }

    @Test
    void aViewCountsByItself() {
        store.write("o", bytes("x"));
        RequestCounter own = new RequestCounter();
        long before = store.counter().requests();
        store.counting(own).read("o");
        assertThat(own.requests()).isEqualTo(1);
        assertThat(own.bytesRead()).isEqualTo(1);
        assertThat(store.counter().requests()).isEqualTo(before);
    }

    @Test
    void manyReadersShareAStore() {
        byte[] content = pattern(1 << 20);
        store.write("o", content);
        long good = IntStream.range(0, 400)
                .parallel()
                .filter(i -> {
                    int at = i * 2_000;
                    ByteSlice slice = store.readRanges("o", new ByteRange[] {new ByteRange(at, 2_000)})[0];
                    return java.util.Arrays.equals(slice.toArray(), part(content, at, 2_000));
                })
                .count();
        assertThat(good).isEqualTo(400);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] pattern(int n) {
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = (byte) (i * 31 + (i >>> 8));
        }
        return bytes;
    }

    static byte[] part(byte[] bytes, int from, int n) {
        return java.util.Arrays.copyOfRange(bytes, from, from + n);
    }
}
