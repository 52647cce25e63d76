package io.hox.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a zip archive as a store. */
class ZipStoreTest {
    @TempDir
    Path directory;

    private ObjectStore open(Path zip) {
        ObjectStore parent = ObjectStore.open(directory.toString(), Map.of());
        return ObjectStore.zip(parent.channel(zip.getFileName().toString()), zip.toString());
    }

    private Path archive(int method) throws IOException {
        Path path = directory.resolve("files.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.setMethod(method);
            for (String name : List.of("top", "a/one", "a/two", "a.b/c", "a/deep/three", "a0")) {
                byte[] content = ("content of " + name).repeat(20).getBytes(UTF_8);
                ZipEntry entry = new ZipEntry(name);
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        }
        return path;
    }

    @Test
    void readsFilesAndPartsOfThemHoweverTheyAreStored() throws IOException {
        for (int method : new int[] {ZipOutputStream.STORED, ZipOutputStream.DEFLATED}) {
            try (ObjectStore store = open(archive(method))) {
                assertThat(store.read("a/one"))
                        .isEqualTo("content of a/one".repeat(20).getBytes(UTF_8));
                ByteSlice[] parts =
                        store.readRanges("a/two", new ByteRange[] {new ByteRange(11, 5), new ByteRange(0, 7)});
                assertThat(new String(parts[0].toArray(), UTF_8)).isEqualTo("a/two");
                assertThat(new String(parts[1].toArray(), UTF_8)).isEqualTo("content");
                assertThat(store.size("top")).isEqualTo(280);
                assertThat(store.size("a")).isEqualTo(-1);
                assertThat(store.readOrNull("absent")).isNull();
            }
        }
    }

    @Test
    void listsDirectories() throws IOException {
        try (ObjectStore store = open(archive(ZipOutputStream.DEFLATED))) {
            assertThat(store.list("")).containsExactly("a", "a.b", "a0", "top");
            assertThat(store.list("a")).containsExactly("deep", "one", "two");
            assertThat(store.list("absent")).isEmpty();
            List<StoreEntry> below = new ArrayList<>();
            store.visitChildren("a", below::add);
            assertThat(below).extracting(StoreEntry::isDirectory).containsExactly(true, false, false);
        }
    }

    @Test
    void ofFilesWithOneNameTheLastOneCounts() throws IOException {
        Path path = directory.resolve("twice.zip");
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(path)) {
            for (String content : List.of("first", "second")) {
                zip.putArchiveEntry(new ZipArchiveEntry("name"));
                zip.write(content.getBytes(UTF_8));
                zip.closeArchiveEntry();
            }
        }
        try (ObjectStore store = open(path)) {
            assertThat(new String(store.read("name"), UTF_8)).isEqualTo("second");
        }
    }

    @Test
    void doesNotUnpackWhatItDoesNotBelieve() throws IOException {
        Path path = directory.resolve("bomb.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("shard"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 257; i++) {
                zip.write(zeros);
            }
        }
        try (ObjectStore store = open(path)) {
            assertThatThrownBy(() -> store.readRanges("shard", new ByteRange[] {new ByteRange(100, 10)}))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("bomb.zip: file 'shard' in the archive")
                    .hasMessageContaining("269484032 bytes, which is not believed");
        }
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        Path path = Files.writeString(directory.resolve("text.zip"), "PK is not all that it takes");

        assertThatThrownBy(() -> open(path))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("text.zip is no zip archive that can be read");
    }

    @Test
    void isNotWrittenTo() throws IOException {
        try (ObjectStore store = open(archive(ZipOutputStream.STORED))) {
            assertThatThrownBy(() -> store.write("new", new byte[1]))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("can only be read");
        }
    }
}
