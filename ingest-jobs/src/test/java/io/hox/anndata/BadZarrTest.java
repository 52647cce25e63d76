package io.hox.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.ingest.Sources;
import io.hox.source.Source;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad Zarr stores are refused with a message that names store, array and value; nothing else ever comes out. */
class BadZarrTest {
    @TempDir
    Path directory;

    private RawZarr store;

    @BeforeEach
    void goodStore() throws IOException {
        store = new RawZarr(Files.createDirectory(directory.resolve("raw.zarr")), 2, 4)
                .csr(2, 4, new long[] {0, 2, 3}, new int[] {0, 3, 1}, 1, 2, 3);
    }

    @Test
    void theStoreIsGoodAsLongAsNobodySpoilsIt() {
        readAll(store.root());
    }

    @Test
    void aDirectoryThatIsNoZarrStore() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.createFile(other.resolve("notes.txt"));

        refused(other).hasMessageContaining("other is of no format that can be ingested");
    }

    @Test
    void aDocumentThatIsNoJson() throws IOException {
        Files.writeString(store.file("X/.zattrs"), "{\"encoding-type\": ");

        refused().hasMessageContaining("X/.zattrs is no valid JSON");
    }

    @Test
    void offsetsThatFall() throws IOException {
        store.csr(2, 4, new long[] {0, 3, 2}, new int[] {0, 3, 1}, 1, 2, 3);

        refused().hasMessageContaining("/X/indptr").hasMessageContaining("offset 2 at position 2 after 3");
    }

    @Test
    void indicesOutOfRange() throws IOException {
        store.csr(2, 4, new long[] {0, 2, 3}, new int[] {0, 4, 1}, 1, 2, 3);

        refused().hasMessageContaining("/X/indices").hasMessageContaining("index 4 at position 1");
    }

    @Test
    void indicesAndValuesOfDifferentLengths() throws IOException {
        store.csr(2, 4, new long[] {0, 2, 3}, new int[] {0, 3, 1}, 1, 2);

        refused().hasMessageContaining("3 indices but 2 values");
    }

    @Test
    void aShapeThatDoesNotMatchTheTables() throws IOException {
        store.csr(2, 5, new long[] {0, 2, 3}, new int[] {0, 3, 1}, 1, 2, 3);

        refused().hasMessageContaining("2 x 5").hasMessageContaining("2 cells and 4 features");
    }

    @Test
    void anArrayThatIsNotThere() throws IOException {
        Files.delete(store.file("X/data/.zarray"));

        refused().hasMessageContaining("'data' in it is missing");
    }

    @Test
    void aChunkThatEndsEarly() throws IOException {
        Path chunk = store.file("X/data/0");
        Files.write(chunk, Arrays.copyOf(Files.readAllBytes(chunk), 7));

        refused().hasMessageContaining("X/data").hasMessageContaining("7 bytes");
    }

    @Test
    void textThatClaimsMoreThanThereIs() throws IOException {
        byte[] chunk = Files.readAllBytes(store.file("obs/_index/0"));
        chunk[2] = 100;
        Files.write(store.file("obs/_index/0"), chunk);

        refused().hasMessageContaining("/obs/_index").hasMessageContaining("texts in");
    }

    @Test
    void absurdSizes() throws IOException {
        store.edit("obs/_index/.zarray", "\"shape\": [2]", "\"shape\": [4000000000000000000]");
        refused().hasMessageContaining("/obs/_index").hasMessageContaining("claims 4000000000000000000 elements");

        store.edit("obs/_index/.zarray", "\"shape\": [4000000000000000000]", "\"shape\": [2]");
        store.edit("X/data/.zarray", "\"chunks\": [3]", "\"chunks\": [4000000000]");
        refused().hasMessageContaining("/X/data").hasMessageContaining("larger than");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"<f4\"|\"<c8\"|has the type \"<c8\"",
                "\"compressor\": null|\"compressor\": {\"id\": \"bz2\"}|compressed with 'bz2'",
                "\"filters\": null|\"filters\": [{\"id\": \"delta\"}]|filter 'delta'",
                "\"filters\": null|\"filters\": [{\"id\": \"fixedscaleoffset\"}]|filter 'fixedscaleoffset'",
            })
    void whatIsNotSupportedIsNamed(String from, String to, String message) throws IOException {
        store.edit("X/data/.zarray", from, to);

        refused().hasMessageContaining("raw.zarr: /X/data").hasMessageContaining(message);
    }

    @Test
    void aZipArchiveCutAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(Shared.data("format_fixtures/anndata_v0.7.8.zarr.zip"));
        for (int tenth = 1; tenth < 10; tenth++) {
            Path path = directory.resolve("cut.zarr.zip");
            Files.write(path, Arrays.copyOf(whole, whole.length * tenth / 10));
            refused(path).hasMessageContaining("cut.zarr.zip").hasMessageContaining("truncated or damaged");
        }
    }

    @Test
    void aZipBomb() throws IOException {
        Path path = directory.resolve("bomb.zarr.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry(".zgroup"));
            zip.write("{\"zarr_format\": 2}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry(".zattrs"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(zeros);
            }
        }

        refused(path).hasMessageContaining("bomb.zarr.zip").hasMessageContaining("has 314572800 bytes where at most");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "format_fixtures/anndata_v0.7.8.zarr.zip",
                "format_fixtures/anndata_v0.11.4.zarr.zip",
                "format_fixtures/mudata_v0.4.1_axis0.zarr.zip"
            })
    void damagedBytesGiveValuesOrARefusalButNothingElse(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Shared.data(name));
        SplittableRandom random = new SplittableRandom(12);
        for (int round = 0; round < 60; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 3 + round; i++) {
                int at = random.nextInt(damaged.length);
                // Digits stay digits now and then, so that documents stay documents.
                boolean digit = damaged[at] >= '0' && damaged[at] <= '9' && random.nextBoolean();
                damaged[at] = (byte) (digit ? '0' + random.nextInt(10) : random.nextInt(256));
            }
            Path path = Files.write(directory.resolve("damaged.zarr.zip"), damaged);
            try {
                readAll(path);
            } catch (HoxException e) {
                assertThat(e).hasMessageContaining("damaged.zarr.zip");
            }
        }
    }

    private AbstractThrowableAssert<?, ?> refused() {
        return refused(store.root()).hasMessageContaining("raw.zarr");
    }

    private static AbstractThrowableAssert<?, ?> refused(Path path) {
        return assertThatThrownBy(() -> readAll(path)).isInstanceOf(HoxException.class);
    }

    private static void readAll(Path path) {
        List<SourceRef> datasets = Sources.datasets(SourceLocation.of(path.toString(), Map.of()));
        try (Source source = Sources.open(datasets.get(0), Map.of())) {
            if (source instanceof MuData several) {
                Digests.of(several);
            } else {
                Digests.of((AnnData) source);
            }
        }
    }
}
