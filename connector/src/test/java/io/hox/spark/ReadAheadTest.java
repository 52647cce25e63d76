package io.hox.spark;

import static io.hox.testing.SparkTest.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.lance.LanceRuntime;
import io.hox.lance.LanceScan;
import io.hox.store.RequestCounter;
import io.hox.testing.S3Server;
import io.hox.testing.Shared;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is fetched before it is asked for, and what becomes of it. */
class ReadAheadTest {
    private static final S3Server SERVER = S3Server.running();
    private static final String NUMBERS = "uid string, gene_expression struct<indices:array<int>,counts:array<int>>";
    private static String uri;

    @BeforeAll
    static void upload() throws IOException {
        String bucket = SERVER.bucket();
        SERVER.upload(Shared.atlas("pbmc_two_datasets"), bucket, "atlas");
        uri = "s3a://" + bucket + "/atlas";
    }

    @BeforeEach
    void clear() {
        SERVER.requests().clear();
    }

    private static CellScan scan(String path, String... more) {
        Map<String, String> options = new HashMap<>(path.startsWith("s3a:") ? SERVER.options() : Map.of());
        options.putAll(Map.of("splitBytes", "1g", "batchRows", "100"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return Splits.scan(path, NUMBERS, options);
    }

    private static void look(PartitionReader<ColumnarBatch> reader) throws IOException {
        ColumnVector indices = reader.get().column(1).getChild(0);
        for (int row = 0; row < reader.get().numRows(); row++) {
            indices.isNullAt(row);
        }
    }

    private static long shardRequests() {
        return SERVER.requests().keys().stream()
                .filter(key -> key.contains("/csr/indices/c/"))
                .count();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void theNextRowsArriveWhileOnesAreUsed() throws Exception {
        try (PartitionReader<ColumnarBatch> reader = Splits.open(scan(uri), 0)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.get().column(1).isNullAt(0)).isFalse();
            assertThat(shardRequests()).as("nobody looked at numbers").isZero();

            look(reader);

            await(() -> shardRequests() > 4);
            assertThat(Splits.metrics(reader).get("cells")).isEqualTo(100);
        }
    }

    @Test
    void localFilesAreReadWhenTheyAreNeeded() throws IOException {
        CellScan scan = scan(Shared.atlas("pbmc_two_datasets").toString());
        long[] requests = new long[2];
        try (PartitionReader<ColumnarBatch> reader = Splits.open(scan, 0)) {
            for (int batch = 0; batch < requests.length; batch++) {
                assertThat(reader.next()).isTrue();
                look(reader);
                requests[batch] = Splits.metrics(reader).get("zarrRequests");
            }
        }
        assertThat(requests[0]).isPositive();
        assertThat(requests[1]).isGreaterThan(requests[0]);
    }

    @Test
    void rowsEqualThoseOfTheLocalAtlas() throws IOException {
        CellScan here = scan(Shared.atlas("pbmc_two_datasets").toString());
        for (String batchBytes : List.of("32m", "50k")) {
            CellScan there = scan(uri, "batchBytes", batchBytes);
            assertThat(all(there)).hasSize(950).isEqualTo(all(here));
        }
    }

    private static List<Row> all(CellScan scan) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (PartitionReader<ColumnarBatch> reader = Splits.open(scan, 0)) {
            while (reader.next()) {
                rows.addAll(Splits.rows(scan, reader.get()));
            }
        }
        return rows;
    }

    @Test
    void nothingIsHeldAfterAReaderIsClosed() throws IOException {
        for (String path : List.of(uri, Shared.atlas("pbmc_two_datasets").toString())) {
            CellScan scan = scan(path);
            all(scan);
            long before = LanceRuntime.allocator().getAllocatedMemory();
            for (int batches = 0; batches < 4; batches++) {
                try (PartitionReader<ColumnarBatch> reader = Splits.open(scan, 0)) {
                    for (int i = 0; i < batches; i++) {
                        reader.next();
                        look(reader);
                    }
                }
                assertThat(LanceRuntime.allocator().getAllocatedMemory())
                        .as("%s, closed after %d batches", path, batches)
                        .isEqualTo(before);
            }
            all(scan);
            assertThat(LanceRuntime.allocator().getAllocatedMemory()).isEqualTo(before);
        }
    }

    @Test
    void nothingIsHeldAfterAQueryThatNeedsFewRows() {
        var cells = read("pbmc_two_datasets", "batchRows", "50").select("cell_type", "gene_expression.counts");
        cells.collectAsList();
        long before = LanceRuntime.allocator().getAllocatedMemory();
        assertThat(cells.limit(60).collectAsList()).hasSize(60);
        assertThat(cells.where("size(counts) > 3").limit(60).collectAsList()).hasSize(60);
        assertThat(LanceRuntime.allocator().getAllocatedMemory()).isEqualTo(before);
    }

    /** Can't tell about the third batch. */
    private record ThirdFails() implements RowFilterSpec {
        @Override
        public RowFilter open(CellReadPlan plan, ShardReader shared, RequestCounter counter) {
            return new RowFilter() {
                private int asked;

                @Override
                public List<String> lanceColumns() {
                    return List.of();
                }

                @Override
                public int select(LanceScan scan, int[] rows, int n) {
                    if (++asked == 3) {
                        throw new HoxException("the third batch");
                    }
                    return n;
                }
            };
        }
    }

    @Test
    void aFailureAheadIsToldToWhoeverGetsAsFar() throws IOException {
        CellScan scan = scan(uri);
        all(scan);
        long before = LanceRuntime.allocator().getAllocatedMemory();
        try (PartitionReader<ColumnarBatch> reader = Splits.open(scan, 0, new ThirdFails())) {
            for (int batch = 0; batch < 2; batch++) {
                assertThat(reader.next()).isTrue();
                look(reader);
            }
            assertThatThrownBy(reader::next).hasMessage("the third batch");
        }
        assertThat(LanceRuntime.allocator().getAllocatedMemory()).isEqualTo(before);
    }

    @Test
    void batchesStayBelowTheirBudget() throws IOException {
        CellScan scan = scan(Shared.atlas("pbmc_two_datasets").toString(), "batchBytes", "40k", "batchRows", "4096");
        try (PartitionReader<ColumnarBatch> reader = Splits.open(scan, 0)) {
            while (reader.next()) {
                long entries = 0;
                for (Row row : Splits.rows(scan, reader.get())) {
                    entries += row.isNullAt(1) ? 0 : row.getStruct(1).getList(0).size();
                }
                assertThat(entries * 8 <= 40 << 10 || reader.get().numRows() == 1)
                        .as("%d entries in %d rows", entries, reader.get().numRows())
                        .isTrue();
            }
        }
    }

    @Test
    void valuesThatAQueryKeepsAreItsOwn() {
        // The arrays of a batch serve the next one; the least uid is not in the last batch.
        String kept = "min_by(gene_expression.indices, uid)";
        var cells = read("pbmc_two_datasets", "batchRows", "50", "splitBytes", "1g");
        List<Integer> expected = cells.orderBy("uid")
                .selectExpr("gene_expression.indices")
                .first()
                .getList(0);
        assertThat(cells.selectExpr(kept).first().<Integer>getList(0)).isEqualTo(expected);
        List<Integer> first =
                cells.limit(1).selectExpr("gene_expression.indices").first().getList(0);
        assertThat(cells.selectExpr("first(gene_expression.indices)").first().<Integer>getList(0))
                .isEqualTo(first);
    }
}
