package io.hox.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.h5ad.RawH5ad;
import io.hox.testing.Shared;
import io.hox.zarr.DataType;
import io.hox.zarr.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad files are refused with a message that names file, object and value; nothing else ever comes out. */
class BadH5adTest {
    @TempDir
    Path directory;

    @Test
    void aMissingFile() {
        refused(file("absent.h5ad")).hasMessageContaining("There is no file").hasMessageContaining("absent.h5ad");
    }

    @Test
    void aDirectory() throws IOException {
        Files.createFile(file("within"));
        refused(directory).hasMessageContaining("is not a file");
    }

    @Test
    void aTextFile() throws IOException {
        Path path = Files.writeString(file("text.h5ad"), "gene,count\nCD3D,1\n");

        refused(path).hasMessageContaining("text.h5ad").hasMessageContaining("not an HDF5 file");
    }

    @Test
    void anEmptyFile() throws IOException {
        refused(Files.createFile(file("empty.h5ad"))).hasMessageContaining("is empty");
    }

    @Test
    void aZipArchive() throws IOException {
        Path path = file("zip.h5ad");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(new ZipEntry("zarr.json"));
        }

        refused(path).hasMessageContaining("zip archive");
    }

    @Test
    void anHdf5FileThatIsNoAnndata() {
        Path path = file("other.h5ad");
        RawH5ad.writeEmptyGroup(path);

        refused(path).hasMessageContaining("has no 'obs'").hasMessageContaining("no AnnData");
    }

    @Test
    void aTenXFile() {
        refused(Shared.data("heart_1k_v2_mouse_10x_v2.h5")).hasMessageContaining("has no 'obs'");
    }

    @Test
    void aFileWithoutX() {
        try (AnnData file = H5adFiles.open(Shared.data("format_fixtures/anndata_v0.11.4.h5ad"))) {
            assertThat(file.matrixKeys()).isEmpty();
            assertThatThrownBy(() -> file.matrix("X"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("has no matrix 'X'");
        }
    }

    @Test
    void anUnknownMatrix() {
        try (AnnData file = H5adFiles.open(Shared.data("pbmc68k_reduced.h5ad"))) {
            assertThatThrownBy(() -> file.matrix("layers/counts"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("[X, raw/X]");
        }
    }

    @Test
    void aFileCutAnywhere() throws IOException {
        for (String name : new String[] {"pbmc68k_reduced.h5ad", "format_fixtures/anndata_v0.7.8.h5ad"}) {
            byte[] whole = Files.readAllBytes(Shared.data(name));
            for (int tenth = 1; tenth < 10; tenth++) {
                int length = (int) ((long) whole.length * tenth / 10);
                Path path = Files.write(file("cut.h5ad"), Arrays.copyOf(whole, length));
                refused(path).hasMessageContaining("cut.h5ad");
            }
        }
    }

    @Test
    void damagedBytesGiveValuesOrARefusalButNothingElse() throws IOException {
        byte[] whole = Files.readAllBytes(Shared.data("format_fixtures/anndata_v0.7.8.h5ad"));
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 150; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 40; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path path = Files.write(file("damaged.h5ad"), damaged);
            try {
                readAll(path);
            } catch (HoxException e) {
                assertThat(e).hasMessageContaining("damaged.h5ad");
            }
        }
    }

    @Test
    void offsetsThatFall() {
        refused(RawH5ad.of(3, 4).indptr(0, 2, 1, 3).indices(0, 1, 2).data(1, 2, 3))
                .hasMessageContaining("/X/indptr")
                .hasMessageContaining("offset 1 at position 2 after 2");
    }

    @Test
    void offsetsBeyondTheEntries() {
        refused(RawH5ad.of(2, 4).indptr(0, 2, 9).indices(0, 1, 2).data(1, 2, 3))
                .hasMessageContaining("offset 9")
                .hasMessageContaining("3 entries");
    }

    @Test
    void offsetsThatDoNotBeginWithZero() {
        refused(RawH5ad.of(2, 4).indptr(1, 2, 3).indices(0, 1, 2).data(1, 2, 3))
                .hasMessageContaining("must begin with 0");
    }

    @Test
    void tooFewOffsets() {
        refused(RawH5ad.of(3, 4).indptr(0, 2, 3).indices(0, 1, 2).data(1, 2, 3))
                .hasMessageContaining("has 3 offsets")
                .hasMessageContaining("needs 4");
    }

    @Test
    void indicesOutOfRange() {
        refused(RawH5ad.of(2, 4).indptr(0, 2, 3).indices(0, 4, 2).data(1, 2, 3))
                .hasMessageContaining("/X/indices")
                .hasMessageContaining("index 4 at position 1")
                .hasMessageContaining("between 0 and 3");
        refused(RawH5ad.of(2, 4).indptr(0, 2, 3).indices(0, 1, -2).data(1, 2, 3))
                .hasMessageContaining("index -2");
        refused(RawH5ad.of(2, 4)
                        .encoding("csc_matrix")
                        .indptr(0, 2, 3, 3, 3)
                        .indices(0, 1, 2)
                        .data(1, 2, 3))
                .hasMessageContaining("index 2")
                .hasMessageContaining("between 0 and 1");
    }

    @Test
    void indicesAndValuesOfDifferentLengths() {
        refused(RawH5ad.of(2, 4).indptr(0, 2, 3).indices(0, 1, 2).data(1, 2))
                .hasMessageContaining("3 indices but 2 values");
    }

    @Test
    void aShapeThatDoesNotMatchTheTables() {
        refused(RawH5ad.of(2, 4).shape(2, 5).indptr(0, 2, 3).indices(0, 1, 2).data(1, 2, 3))
                .hasMessageContaining("2 x 5")
                .hasMessageContaining("2 cells and 4 features");
        refused(RawH5ad.of(2, 4).shape(8).indptr(0, 2, 3).indices(0, 1, 2).data(1, 2, 3))
                .hasMessageContaining("no shape of two dimensions");
    }

    @Test
    void anUnknownEncoding() {
        refused(RawH5ad.of(2, 4)
                        .encoding("coo_matrix")
                        .indptr(0, 2, 3)
                        .indices(0, 1, 2)
                        .data(1, 2, 3))
                .hasMessageContaining("'coo_matrix'");
    }

    @Test
    void duplicatesWhoseSumDoesNotFit() {
        Values bytes = Values.of(DataType.UINT8, new byte[] {(byte) 200, 100, 1});
        refused(RawH5ad.of(2, 4).indptr(0, 2, 3).indices(1, 1, 2).data(bytes))
                .hasMessageContaining("row 0, column 1")
                .hasMessageContaining("uint8");
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private AbstractThrowableAssert<?, ?> refused(RawH5ad content) {
        Path path = file("raw" + System.nanoTime() + ".h5ad");
        content.write(path);
        return refused(path).hasMessageContaining(path.toString());
    }

    private static AbstractThrowableAssert<?, ?> refused(Path path) {
        return assertThatThrownBy(() -> readAll(path)).isInstanceOf(HoxException.class);
    }

    private static void readAll(Path path) {
        try (AnnData file = H5adFiles.open(path)) {
            Digests.of(file);
        }
    }
}
