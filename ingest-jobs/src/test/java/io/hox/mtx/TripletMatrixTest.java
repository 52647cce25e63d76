package io.hox.mtx;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.Directories;
import io.hox.zarr.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TripletMatrixTest {
    private static final String HEAD = "%%MatrixMarket matrix coordinate integer general\n";

    @TempDir
    Path directory;

    @Test
    void featuresByCellsComeAsCells() {
        TripletMatrix matrix = matrixMarket(HEAD + "%a comment\n%\n3 2 3\n3 1 7\n1 2 1\n2 2 9\n", 2, 3);

        assertThat(matrix.type()).isEqualTo(DataType.INT64);
        assertThat(matrix.entries()).isEqualTo(3);
        assertThat(matrix.splittable()).isFalse();
        assertThat(Texts.rows(matrix)).containsExactly("[2=7]", "[0=1, 1=9]");
    }

    @Test
    void cellsByFeaturesAreKnownByTheirNumbers() {
        TripletMatrix matrix = matrixMarket(HEAD + "2 3 3\n1 3 7\n2 1 1\n2 2 9\n", 2, 3);

        assertThat(Texts.rows(matrix)).containsExactly("[2=7]", "[0=1, 1=9]");
    }

    @Test
    void linesMayEndAsOnWindowsAndHaveBlanksBetween() {
        String text = HEAD.replace("\n", "\r\n") + "3\t2  2\r\n\r\n 3 1\t7 \r\n1  2 1";

        assertThat(Texts.rows(matrixMarket(text, 2, 3))).containsExactly("[2=7]", "[0=1]");
    }

    @Test
    void realNumbersAreReadAsJavaReadsThem() {
        List<String> numbers = List.of(
                "0.1",
                "-1.5e-3",
                "123456789012345678901234567890",
                "4.9E-324",
                "1.7976931348623157e308",
                "2.",
                ".5",
                "9007199254740993",
                "0.30000000000000004",
                "+3",
                "1e22",
                "0.000000000000000000000000000012");
        StringBuilder text = new StringBuilder(HEAD.replace("integer", "real") + "12 1 12\n");
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            text.append(i + 1).append(" 1 ").append(numbers.get(i)).append('\n');
            wanted.add(i + "=" + Double.parseDouble(numbers.get(i)));
        }

        TripletMatrix matrix = matrixMarket(text.toString(), 1, 12);

        assertThat(matrix.type()).isEqualTo(DataType.FLOAT64);
        assertThat(Texts.rows(matrix)).containsExactly(wanted.toString());
    }

    @Test
    void whatIsNoNumberIsReadAsSuchForTheConversionToRefuse() {
        String text = HEAD.replace("integer", "real") + "4 1 4\n1 1 nan\n2 1 -inf\n3 1 NaN\n4 1 Inf\n";

        assertThat(Texts.rows(matrixMarket(text, 1, 4))).containsExactly("[0=NaN, 1=-Infinity, 2=NaN, 3=Infinity]");
    }

    @Test
    void patternsAreOnes() {
        String text = HEAD.replace("integer", "pattern") + "3 1 2\n1 1\n3 1\n";

        assertThat(Texts.rows(matrixMarket(text, 1, 3))).containsExactly("[0=1, 2=1]");
    }

    @Test
    void repeatedEntriesAreSummed() {
        TripletMatrix matrix = matrixMarket(HEAD + "3 1 4\n3 1 7\n1 1 1\n3 1 5\n1 1 2\n", 1, 3);

        assertThat(matrix.scan(0, 1, 10, block -> {})).isEqualTo(1);
        assertThat(Texts.rows(matrix)).containsExactly("[0=3, 2=12]");
    }

    @Test
    void cellsWithoutEntriesAreEmptyRows() {
        assertThat(Texts.rows(matrixMarket(HEAD + "3 5 2\n1 2 1\n1 4 2\n", 5, 3)))
                .containsExactly("[]", "[0=1]", "[]", "[0=2]", "[]");
        assertThat(Texts.rows(matrixMarket(HEAD + "3 2 0\n", 2, 3))).containsExactly("[]", "[]");
    }

    @Test
    void millionsOfEmptyCellsComeInBlocksOfBoundedSize() {
        TripletMatrix matrix = matrixMarket(HEAD + "3 3000000 1\n1 2999999 1\n", 3_000_000, 3);
        long[] rows = {0, 0};
        matrix.scan(0, 3_000_000, 1000, block -> {
            rows[0] += block.rows();
            rows[1] = Math.max(rows[1], block.rows());
        });

        assertThat(rows[0]).isEqualTo(3_000_000);
        assertThat(rows[1]).isLessThanOrEqualTo(1 << 18);
    }

    @Test
    void gzipMembersAreReadOneAfterTheOther() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Texts.gzip(HEAD + "3 2 2\n3 1 "));
        bytes.writeBytes(Texts.gzip("7\n1 2 1\n"));
        TextFile file = Texts.file(directory, bytes.toByteArray());

        assertThat(Texts.rows(TripletMatrix.matrixMarket(file, 2, 3))).containsExactly("[2=7]", "[0=1]");
    }

    @Test
    void tripletsAreNumberedFromOneUnlessThereIsAZero() {
        TextFile one = Texts.plain(directory, "1\t1\t5\n3\t2\t1.5\n");
        TextFile zero = Texts.plain(directory, "1,0,5\n2,1,1.5\n");
        TextFile gene = Texts.plain(directory, "0 1 5\n");

        assertThat(Texts.rows(TripletMatrix.triplets(one, 2, 3))).containsExactly("[0=5.0]", "[2=1.5]");
        assertThat(Texts.rows(TripletMatrix.triplets(zero, 2, 3))).containsExactly("[1=5.0]", "[2=1.5]");
        assertThat(Texts.rows(TripletMatrix.triplets(gene, 2, 3))).containsExactly("[]", "[0=5.0]");
        assertThat(TripletMatrix.triplets(zero, 2, 3).entries()).isEqualTo(2);
    }

    @Property(tries = 60)
    void anyOrderOfLinesGivesTheSameRows(
            @ForAll @IntRange(min = 1, max = 90_000) int cells,
            @ForAll @IntRange(min = 1, max = 40) int features,
            @ForAll @IntRange(max = 3000) int entries,
            @ForAll @IntRange(min = 1, max = 500) int maxEntries,
            @ForAll @IntRange(min = 1, max = 2000) int sortedAtOnce,
            @ForAll boolean sorted,
            @ForAll long seed)
            throws IOException {
        Path made = Files.createTempDirectory("triplets");
        Random random = new Random(seed);
        List<int[]> lines = new ArrayList<>();
        TreeMap<Integer, TreeMap<Integer, Long>> wanted = new TreeMap<>();
        for (int i = 0; i < entries; i++) {
            int[] line = {random.nextInt(features), random.nextInt(cells), random.nextInt(100)};
            lines.add(line);
            wanted.computeIfAbsent(line[1], c -> new TreeMap<>()).merge(line[0], (long) line[2], Long::sum);
        }
        if (sorted) {
            Collections.sort(lines, (a, b) -> a[1] - b[1]);
        }
        StringBuilder text = new StringBuilder(HEAD + features + " " + cells + " " + entries + "\n");
        for (int[] line : lines) {
            text.append(line[0] + 1)
                    .append(' ')
                    .append(line[1] + 1)
                    .append(' ')
                    .append(line[2])
                    .append('\n');
        }
        int from = random.nextInt(cells);
        int to = Math.min(cells, from + random.nextInt(1000));
        TripletLayout layout = new TripletLayout(true, false, 1, cells, features, entries, ValueKind.WHOLE);
        TripletMatrix matrix = new TripletMatrix(Texts.plain(made, text.toString()), layout, sortedAtOnce);

        List<String> rows = Texts.rows(matrix, 0, cells, maxEntries);

        assertThat(rows).hasSize(cells);
        for (int cell = 0; cell < cells; cell++) {
            TreeMap<Integer, Long> row = wanted.getOrDefault(cell, new TreeMap<>());
            assertThat(rows.get(cell))
                    .isEqualTo(row.toString().replace('{', '[').replace('}', ']'));
        }
        if (from < to) {
            assertThat(Texts.rows(matrix, from, to, maxEntries)).isEqualTo(rows.subList(from, to));
        }
        Directories.delete(made);
    }

    @Test
    void aLargeUnsortedFileIsSortedThroughTheDisk() {
        int cells = 2_000;
        StringBuilder text = new StringBuilder(HEAD + "300 " + cells + " " + 300 * cells + "\n");
        for (int feature = 1; feature <= 300; feature++) {
            for (int cell = 1; cell <= cells; cell++) {
                text.append(feature)
                        .append(' ')
                        .append(cell)
                        .append(' ')
                        .append(feature + cell)
                        .append('\n');
            }
        }
        TripletLayout layout = new TripletLayout(true, false, 1, cells, 300, 300L * cells, ValueKind.WHOLE);
        TripletMatrix matrix = new TripletMatrix(Texts.plain(directory, text.toString()), layout, 20_000);
        long[] seen = {0};

        matrix.scan(0, cells, 10_000, block -> {
            for (int row = 0; row < block.rows(); row++) {
                for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
                    long cell = block.firstRow() + row + 1;
                    assertThat(block.values().longs()[i]).isEqualTo(cell + block.indices()[i] + 1);
                    seen[0]++;
                }
            }
        });

        assertThat(seen[0]).isEqualTo(300L * cells);
    }

    private TripletMatrix matrixMarket(String text, long cells, int features) {
        return TripletMatrix.matrixMarket(Texts.plain(directory, text), cells, features);
    }
}
