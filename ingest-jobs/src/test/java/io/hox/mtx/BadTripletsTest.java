package io.hox.mtx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that can't be read are refused with the file, the line and what to do. */
class BadTripletsTest {
    private static final String HEAD = "%%MatrixMarket matrix coordinate integer general\n";

    @TempDir
    Path directory;

    @Test
    void aTruncatedGzipFile() {
        StringBuilder text = new StringBuilder(HEAD + "3 100000 100000\n");
        for (int i = 1; i <= 100_000; i++) {
            text.append(i % 3 + 1).append(' ').append(i).append(" 1\n");
        }
        byte[] whole = Texts.gzip(text.toString());

        refused(Arrays.copyOf(whole, whole.length / 2), 100_000)
                .hasMessageMatching(
                        "(?s).*made.*mtx cannot be decompressed after line [1-9]\\d+ .*download it again\\.");
        refused(Arrays.copyOf(whole, 5), 100_000).hasMessageContaining("cannot be decompressed after line 0");
    }

    @Test
    void aDamagedGzipFile() {
        byte[] bytes = Texts.gzip(HEAD + "3 2 1\n1 1 1\n");
        bytes[bytes.length - 6] ^= 1;

        refused(bytes, 2).hasMessageContaining("cannot be decompressed").hasMessageContaining("damaged");
    }

    @Test
    void fewerEntriesThanAnnounced() {
        refused("3 2 3\n1 1 1\n2 1 1\n", 2)
                .hasMessageContaining("line 4 is the last one after 2 of the 3 entries")
                .hasMessageContaining("truncated");
    }

    @Test
    void moreEntriesThanAnnounced() {
        refused("3 2 1\n1 1 1\n2 1 1\n", 2).hasMessageContaining("line 4 is one entry more than the 1");
    }

    @Test
    void indicesBeyondTheMatrix() {
        refused("3 2 1\n4 1 1\n", 2).hasMessageContaining("line 3 names feature 4 of 3, which are numbered from 1");
        refused("3 2 1\n1 3 1\n", 2).hasMessageContaining("line 3 names cell 3 of 2");
        refused("3 2 1\n0 1 1\n", 2).hasMessageContaining("line 3 names feature 0 of 3");
        refused("3 2 1\n-1 1 1\n", 2).hasMessageContaining("line 3 names feature -1 of 3");
        refused("3 2 1\n99999999999999999999 1 1\n", 2).hasMessageContaining("line 3 is '99999999999999999999 1 1'");
    }

    @Test
    void tripletsOfBothBases() {
        TextFile file = Texts.plain(directory, "0 1 1\n3 1 1\n");
        assertThatThrownBy(() -> Texts.rows(TripletMatrix.triplets(file, 2, 3)))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("line 2 names feature 3 of 3, which are numbered from 0");

        TextFile beyond = Texts.plain(directory, "1 1 1\n4 1 1\n");
        assertThatThrownBy(() -> Texts.rows(TripletMatrix.triplets(beyond, 2, 3)))
                .hasMessageContaining("line 2 names feature 4 of 3, which are numbered from 0 or 1");
    }

    @Test
    void aMatrixOfOtherDimensions() {
        refused("3 5 1\n1 1 1\n", 2)
                .hasMessageContaining("is a matrix of 3 x 5, but beside it are 3 features and 2 barcodes");
    }

    @Test
    void fractionsWhereWholeNumbersAreAnnounced() {
        refused("3 2 2\n1 1 1\n2 1 3.5\n", 2)
                .hasMessageContaining("line 4 is '2 1 3.5'")
                .hasMessageContaining("a whole number as the head of the file announces")
                .hasMessageContaining("'real'");
    }

    @Test
    void linesThatAreNoTriplets() {
        refused("3 2 1\n1 1\n", 2).hasMessageContaining("line 3 is '1 1', not the numbers of a feature and a cell");
        refused("3 2 1\n1 1 1 1\n", 2).hasMessageContaining("line 3 is '1 1 1 1'");
        refused("3 2 1\none 1 1\n", 2).hasMessageContaining("line 3 is 'one 1 1'");
        refused("3 2 1\n1 1 99999999999999999999\n", 2).hasMessageContaining("line 3");
        TextFile real = Texts.plain(directory, "1 1 0x10\n");
        assertThatThrownBy(() -> Texts.rows(TripletMatrix.triplets(real, 2, 3))).hasMessageContaining("'1 1 0x10'");
        TextFile signs = Texts.plain(directory, "1 1 --5\n");
        assertThatThrownBy(() -> Texts.rows(TripletMatrix.triplets(signs, 2, 3)))
                .hasMessageContaining("'1 1 --5'");
    }

    @Test
    void headsThatAnnounceWhatIsNoCountMatrix() {
        refusedWhole("").hasMessageContaining("is empty");
        refusedWhole("1 1 1\n").hasMessageContaining("line 1 is not '%%MatrixMarket");
        refusedWhole("%%MatrixMarket matrix array real general\n3 2\n").hasMessageContaining("format 'array'");
        refusedWhole("%%MatrixMarket matrix coordinate complex general\n").hasMessageContaining("'complex'");
        refusedWhole("%%MatrixMarket matrix coordinate integer symmetric\n").hasMessageContaining("symmetric");
        refusedWhole(HEAD).hasMessageContaining("line 1 should be followed by");
        refusedWhole(HEAD + "3 x 1\n").hasMessageContaining("line 2 should hold the numbers of rows");
        refusedWhole(HEAD + "3 2\n").hasMessageContaining("line 2 should hold");
        refusedWhole(HEAD + "-3 2 1\n").hasMessageContaining("line 2 should hold");
    }

    @Test
    void aLineWithoutEnd() {
        byte[] bomb = Texts.gzip(HEAD + "3 2 1\n" + "1".repeat(100 << 20));

        refused(bomb, 2).hasMessageContaining("line 3 has more than 65536 bytes");
    }

    @Test
    void commentsWithoutEnd() {
        refused(Texts.gzip(HEAD + "%\n".repeat(10_000_000)), 2).hasMessageContaining("line 10001");
    }

    @Test
    void absurdSizesCostNothing() {
        refused("3 9223372036854775807 9223372036854775807\n", Long.MAX_VALUE)
                .hasMessageContaining("0 of the 9223372036854775807");
    }

    @Test
    void sumsBeyond64Bits() {
        refused("3 2 2\n1 1 9223372036854775807\n1 1 1\n", 2).hasMessageContaining("does not fit int64");
    }

    @Test
    void anUnreadableFile() {
        TextFile none = new TextFile(directory.toString(), "none.mtx", Map.of());
        assertThatThrownBy(none::open).isInstanceOf(HoxException.class).hasMessageContaining("There is no file");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refusedWhole(String text) {
        TextFile file = Texts.plain(directory, text);
        return assertThatThrownBy(() -> TripletMatrix.matrixMarket(file, 2, 3)).isInstanceOf(HoxException.class);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String body, long cells) {
        return refused((HEAD + body).getBytes(StandardCharsets.UTF_8), cells);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] bytes, long cells) {
        TextFile file = Texts.file(directory, bytes);
        return assertThatThrownBy(() -> Texts.rows(TripletMatrix.matrixMarket(file, cells, 3)))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining(directory.toString());
    }
}
