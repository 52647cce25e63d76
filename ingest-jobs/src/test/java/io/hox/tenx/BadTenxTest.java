package io.hox.tenx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.ingest.Sources;
import io.hox.mtx.Texts;
import io.hox.source.Source;
import io.hox.source.SourceRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that can't be read are refused with what is wrong, where, and what to do. */
class BadTenxTest {
    @TempDir
    Path directory;

    @Test
    void aMatrixWithoutTables() {
        Path matrix = Tenx.write(directory.resolve("matrix.mtx"), "%%MatrixMarket matrix coordinate integer general");

        refused(matrix)
                .hasMessageContaining("matrix.mtx says nothing about its cells and features")
                .hasMessageContaining("barcodes.tsv and features.tsv or genes.tsv");
    }

    @Test
    void tablesOfAnotherMatrix() {
        Tenx.writeMtx(directory, "");
        Tenx.write(directory.resolve("barcodes.tsv.gz"), "only one");

        refused(directory)
                .hasMessageContaining(
                        "matrix.mtx.gz is a matrix of 3 x 2, but beside it are 3 features and 1 barcodes");
    }

    @Test
    void truncatedTables() throws IOException {
        Tenx.writeMtx(directory, "");
        Path barcodes = directory.resolve("barcodes.tsv.gz");
        byte[] whole = Files.readAllBytes(barcodes);
        Files.write(barcodes, Arrays.copyOf(whole, whole.length - 9));

        refused(directory).hasMessageContaining("barcodes.tsv.gz cannot be decompressed after line");
    }

    @Test
    void tablesWithHoles() {
        Tenx.writeMtx(directory, "");
        Tenx.write(directory.resolve("features.tsv.gz"), "A\tA\tGene Expression", "B\tB", "C\tC\tGene Expression");
        refused(directory).hasMessageContaining("features.tsv.gz: line 2 has no feature type");

        Tenx.write(directory.resolve("features.tsv.gz"), "A\tA", "\tB", "C\tC");
        refused(directory).hasMessageContaining("features.tsv.gz: line 2 names no feature");

        Tenx.write(directory.resolve("features.tsv.gz"), "A\tA", "B", "C\tC");
        Tenx.write(directory.resolve("barcodes.tsv.gz"), "AAA", "", "CCC");
        refused(directory).hasMessageContaining("barcodes.tsv.gz: line 2 has no barcode");
    }

    @Test
    void aTableThatDecompressesToOneEndlessLine() throws IOException {
        Tenx.writeMtx(directory, "");
        Files.write(directory.resolve("barcodes.tsv.gz"), Texts.gzip("A".repeat(50 << 20)));

        refused(directory).hasMessageContaining("barcodes.tsv.gz: line 1 has more than 65536 bytes");
    }

    @Test
    void anHdf5MatrixOfOtherDimensions() {
        Tenx.H5 file = new Tenx.H5();
        file.shape = new int[] {4, 2};
        refused(file).hasMessageContaining("/matrix/ is 4 x 2 but has 3 features and 2 barcodes");

        file.shape = new int[] {3, 2, 1};
        refused(file).hasMessageContaining("shape");

        file = new Tenx.H5();
        file.names = new String[] {"A", "B"};
        refused(file).hasMessageContaining("/matrix/features/name has 2 values for 3 features");
    }

    @Test
    void offsetsAndIndicesOutOfRange() {
        Tenx.H5 file = new Tenx.H5();
        file.indptr = new long[] {0, 3, 2};
        refused(file).hasMessageContaining("/matrix/indptr has the offset 2 at position 2 after 3");

        file = new Tenx.H5();
        file.indices = new long[] {0, 3, 1};
        refused(file).hasMessageContaining("/matrix/indices has the index 3 at position 1");

        file = new Tenx.H5();
        file.indptr = new long[] {0, 2, 3, 3};
        refused(file).hasMessageContaining("/matrix/indptr has 4 offsets");

        file = new Tenx.H5();
        file.data = new int[] {1};
        refused(file).hasMessageContaining("has 3 indices but 1 values");
    }

    @Test
    void aTruncatedHdf5File() throws IOException {
        Path path = new Tenx.H5().write(directory.resolve("t.h5"));
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, whole.length / 2));

        refused(path).hasMessageContaining(path.toString()).hasMessageContaining("download it again");
    }

    @Test
    void genomesThatAreNotThere() {
        Path path = new Tenx.H5().write(directory.resolve("g.h5"));

        assertThatThrownBy(() -> Sources.open(new SourceRef("10x", path.toString(), "hg19"), Map.of()))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("has no features of a genome 'hg19'; it has [GRCh38, mm10, ]");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(Tenx.H5 file) {
        return refused(file.write(directory.resolve("bad.h5")));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path path) {
        return assertThatThrownBy(() -> {
                    try (Source source = Tenx.open(path)) {
                        Tenx.rows(source.modalities().get(0).matrix("X"));
                    }
                })
                .isInstanceOf(HoxException.class);
    }
}
