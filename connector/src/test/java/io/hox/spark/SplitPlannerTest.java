package io.hox.spark;

import static io.hox.testing.SparkTest.spark;
import static org.assertj.core.api.Assertions.assertThat;

import io.hox.testing.FaultyS3;
import io.hox.testing.MadeAtlas;
import io.hox.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How reads of atlases of many shapes are cut, and that the rows stay the same. */
class SplitPlannerTest {
    private static final int ENTRY_BYTES = 8;
    private static final int ROW_BYTES = 100;

    @TempDir
    Path directory;

    @Test
    void manyRowsOfOneGroupAreCutEvenly() throws IOException {
        MadeAtlas made = new MadeAtlas(directory).group(20_000, 20);
        check(made.write(made.inOrder(), 6_000), 20_000, false);
    }

    @Test
    void fewRowsOfManyGroupsArePackedEvenly() throws IOException {
        MadeAtlas made = new MadeAtlas(directory);
        for (int i = 0; i < 200; i++) {
            made.group(1 + i % 7, 200);
        }
        check(made.write(made.inOrder(), 150), 794, false);
    }

    @Test
    void groupsOfVeryDifferentSizeAreBalanced() throws IOException {
        MadeAtlas made = new MadeAtlas(directory)
                .group(1, 500)
                .group(20_000, 10)
                .group(3, 5_000)
                .group(40, 100);
        check(made.write(made.inOrder(), 7_000), 20_044, false);
        check(
                new MadeAtlas(directory.resolve("shuffled"))
                        .group(1, 500)
                        .group(20_000, 10)
                        .group(3, 5_000)
                        .group(40, 100)
                        .write(MadeAtlas.shuffled(made.inOrder()), 7_000),
                20_044,
                true);
    }

    @Test
    void shuffledRowsAreReadGroupByGroup() throws IOException {
        MadeAtlas made = new MadeAtlas(directory);
        for (int i = 0; i < 30; i++) {
            made.group(500 + i, 20);
        }
        Path atlas = made.write(MadeAtlas.shuffled(made.inOrder()), 4_000);
        check(atlas, 15_435, true);
        // Each group is a task's own, but for those that the borders of splits cut.
        Map<String, Integer> tasksOf = new TreeMap<>();
        List<CellSplit> splits = splits(scan(atlas, 200_000));
        for (CellSplit split : splits) {
            String conditions = split.parts().toString();
            for (int group = 0; group < 30; group++) {
                if (conditions.contains(MadeAtlas.name(group))) {
                    tasksOf.merge(MadeAtlas.name(group), 1, Integer::sum);
                }
            }
        }
        assertThat(tasksOf).hasSize(30);
        assertThat(tasksOf.values().stream().mapToInt(Integer::intValue).sum()).isLessThan(30 + splits.size());
    }

    @Test
    void cellsWithoutNumbersAreThereToo() throws IOException {
        MadeAtlas made = new MadeAtlas(directory);
        for (int i = 0; i < 10; i++) {
            made.group(300, 20);
        }
        long[] cells = made.inOrder();
        long[] rows = Arrays.copyOf(cells, cells.length + 2_000);
        Arrays.fill(rows, cells.length, rows.length, -1);
        check(made.write(MadeAtlas.shuffled(rows), 900), 5_000, true);
    }

    @Test
    void oneCellAndNoneAndOnlyAbsentOnes() throws IOException {
        MadeAtlas one = new MadeAtlas(directory.resolve("one")).group(1, 5);
        check(one.write(one.inOrder(), 10), 1, false);
        MadeAtlas none = new MadeAtlas(directory.resolve("none")).group(1, 5);
        check(none.write(new long[0], 10), 0, false);
        long[] absent = new long[5_000];
        Arrays.fill(absent, -1);
        check(new MadeAtlas(directory.resolve("absent")).group(1, 5).write(absent, 3_000), 5_000, false);
    }

    @Test
    void aRangeOfAShuffledTableIsThatOfItsOrder() {
        MadeAtlas made = new MadeAtlas(directory);
        for (int i = 0; i < 10; i++) {
            made.group(800, 20);
        }
        String path = made.write(MadeAtlas.shuffled(made.inOrder()), 4_000).toString();
        Dataset<Row> all = spark().read().format("hox").load(path);
        List<Row> uids = all.select("uid").collectAsList();
        List<Row> limited =
                all.select("uid", "rna.counts").offset(1_000).limit(3_000).collectAsList();
        assertThat(limited)
                .extracting(row -> row.get(0))
                .isEqualTo(uids.subList(1_000, 4_000).stream()
                        .map(row -> row.get(0))
                        .toList());
    }

    /** The table is asked first: then its groups are the only ones to be looked at, at the same time and once. */
    @Test
    void groupsInAnObjectStoreAreLookedAtTogether() throws IOException {
        int groups = 40;
        MadeAtlas made = new MadeAtlas(directory.resolve("atlas"));
        for (int i = 0; i < groups; i++) {
            made.group(2, 3);
        }
        made.write(made.inOrder(), 1_000);
        S3Server server = S3Server.running();
        String bucket = server.bucket();
        server.upload(directory.resolve("atlas"), bucket, "atlas");
        try (FaultyS3 slow = FaultyS3.to(server).delay(Duration.ofMillis(20))) {
            Map<String, String> options = new HashMap<>(slow.options());
            options.put("path", "s3a://" + bucket + "/atlas");
            CellScan first = scan(options);
            server.requests().clear();
            assertThat(splits(first)).hasSize(1);
            assertThat(slow.mostAtOnce()).isGreaterThan(4);
            List<String> documents = server.requests().keys().stream()
                    .filter(key -> key.endsWith("/csr/indices/zarr.json"))
                    .distinct()
                    .toList();
            assertThat(documents).hasSize(groups);

            server.requests().clear();
            assertThat(splits(scan(options))).hasSize(1);
            assertThat(server.requests().keys()).noneMatch(key -> key.endsWith("zarr.json"));
        }
    }

    @Test
    void partsOfAllGroupsFitIntoAListOfLimitedLength() {
        GroupHistogram histogram = new GroupHistogram(1);
        histogram.addGroup(10);
        histogram.addGroup(10);
        long rows = 3_000_000;
        for (int row = 0; row < rows; row++) {
            histogram.add(0, 10L * row, 5, 0, row / 100);
        }
        histogram.add(1, Long.MAX_VALUE - 1, 7, 0, 1);
        assertThat(histogram.parts(0)).isLessThan(70_000);
        assertThat(histogram.bytes()).isEqualTo(5 * rows + 7);
        assertThat(histogram.isScattered()).isFalse();
        long sum = 0;
        for (int part = 0; part < histogram.parts(0); part++) {
            sum += histogram.rows(0, part);
        }
        assertThat(sum).isEqualTo(rows);
    }

    /** The same rows, with the same numbers, for every number of splits; and splits of about equal weight. */
    private static void check(Path atlas, int cells, boolean byGroup) throws IOException {
        long total = bytes(scan(atlas, 1L << 40));
        List<String> expected = null;
        for (int wanted : List.of(1, 2, 7)) {
            CellScan scan = scan(atlas, total / wanted + 1);
            List<CellSplit> splits = splits(scan);
            assertThat(splits.stream().anyMatch(split -> split.parts().get(0) instanceof Scattered))
                    .isEqualTo(byGroup);
            List<String> rows = new ArrayList<>();
            long most = 0;
            for (CellSplit split : splits) {
                most = Math.max(most, read(scan, split, rows));
            }
            assertThat(rows.size()).isEqualTo(cells);
            assertThat(new HashSet<>(rows).size()).isEqualTo(cells);
            rows.sort(null);
            expected = expected == null ? rows : expected;
            assertThat(rows.equals(expected))
                    .as("equal rows in %s splits", wanted)
                    .isTrue();
            if (cells > 100) {
                assertThat(splits).hasSizeBetween(wanted - 1, wanted + 1);
                assertThat(most).isLessThan(3 * total / (2L * wanted));
            }
        }
    }

    private static CellScan scan(Path atlas, long splitBytes) {
        return scan(Map.of(
                "path", atlas.toString(), "splitBytes", splitBytes + "b", "batchRows", "512", "batchBytes", "64k"));
    }

    private static CellScan scan(Map<String, String> given) {
        spark();
        OptionValues options = HoxOptions.of(new CaseInsensitiveStringMap(given));
        CellsTable table = CellsTable.load(AtlasRead.resolve(options), options);
        return (CellScan) table.newScanBuilder(CaseInsensitiveStringMap.empty()).build();
    }

    private static List<CellSplit> splits(CellScan scan) {
        return Arrays.stream(scan.planInputPartitions())
                .map(CellSplit.class::cast)
                .toList();
    }

    private static long bytes(CellScan scan) {
        scan.planInputPartitions();
        return scan.estimateStatistics().sizeInBytes().orElseThrow();
    }

    /** Reads a split as a task does; returns its bytes as they are estimated. */
    private static long read(CellScan scan, CellSplit split, List<String> rows) throws IOException {
        StructType schema = scan.readSchema();
        int uid = schema.fieldIndex("uid");
        int rna = schema.fieldIndex("rna");
        StructType children = (StructType) schema.fields()[rna].dataType();
        int indices = children.fieldIndex("indices");
        int counts = children.fieldIndex("counts");
        long bytes = 0;
        try (PartitionReader<ColumnarBatch> reader = scan.createReaderFactory().createColumnarReader(split)) {
            while (reader.next()) {
                for (Iterator<InternalRow> batch = reader.get().rowIterator(); batch.hasNext(); ) {
                    InternalRow row = batch.next();
                    InternalRow numbers = row.isNullAt(rna) ? null : row.getStruct(rna, children.length());
                    int[] features = numbers == null
                            ? new int[0]
                            : numbers.getArray(indices).toIntArray();
                    int[] values = numbers == null
                            ? new int[0]
                            : numbers.getArray(counts).toIntArray();
                    rows.add(
                            row.getUTF8String(uid) + ": " + (31 * Arrays.hashCode(features) + Arrays.hashCode(values)));
                    bytes += ENTRY_BYTES * features.length + ROW_BYTES;
                }
            }
        }
        return bytes;
    }
}
