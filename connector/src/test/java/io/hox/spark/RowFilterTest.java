package io.hox.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.lance.LanceScan;
import io.hox.store.RequestCounter;
import io.hox.testing.Shared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Filters that tasks apply to the rows of each batch before they read arrays. */
class RowFilterTest {

    static List<String> atlases() {
        return Shared.ATLASES;
    }

    /** Keeps the rows whose address leaves a remainder. */
    private record Addresses(int modulus, int remainder) implements RowFilterSpec {
        @Override
        public RowFilter open(CellReadPlan plan, ShardReader shared, RequestCounter counter) {
            return new RowFilter() {
                @Override
                public List<String> lanceColumns() {
                    return List.of("_rowaddr");
                }

                @Override
                public int select(LanceScan scan, int[] rows, int n) {
                    UInt8Vector addresses = (UInt8Vector) scan.batch().getVector("_rowaddr");
                    int kept = 0;
                    for (int i = 0; i < n; i++) {
                        if (addresses.get(rows[i]) % modulus == remainder) {
                            rows[kept++] = rows[i];
                        }
                    }
                    return kept;
                }
            };
        }
    }

    /** Keeps the rows whose uid has a hash with this remainder, and counts the filters that are not closed. */
    private record Uids(int modulus, int remainder) implements RowFilterSpec {
        private static int open;

        boolean keeps(String uid) {
            return Math.floorMod(uid.hashCode(), modulus) == remainder;
        }

        @Override
        public RowFilter open(CellReadPlan plan, ShardReader shared, RequestCounter counter) {
            open++;
            return new RowFilter() {
                @Override
                public List<String> lanceColumns() {
                    return List.of("uid");
                }

                @Override
                public int select(LanceScan scan, int[] rows, int n) {
                    VarCharVector uids = (VarCharVector) scan.batch().getVector("uid");
                    int kept = 0;
                    for (int i = 0; i < n; i++) {
                        if (keeps(uids.getObject(rows[i]).toString())) {
                            rows[kept++] = rows[i];
                        }
                    }
                    return kept;
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }
    }

    /** Can't be opened, or can't be asked. */
    private record Broken(boolean opens) implements RowFilterSpec {
        @Override
        public RowFilter open(CellReadPlan plan, ShardReader shared, RequestCounter counter) {
            if (!opens) {
                throw new HoxException("it does not open");
            }
            return new RowFilter() {
                @Override
                public List<String> lanceColumns() {
                    return List.of();
                }

                @Override
                public int select(LanceScan scan, int[] rows, int n) {
                    throw new HoxException("it does not answer");
                }
            };
        }
    }

    private static CellScan columns(String ddl) {
        return Splits.scan(Shared.atlas("pbmc_two_datasets").toString(), ddl, Map.of());
    }

    private static List<Row> rows(CellScan scan, RowFilterSpec... filters) throws IOException {
        return rows(scan, new HashMap<>(), filters);
    }

    /** The rows of all splits. */
    private static List<Row> rows(CellScan scan, Map<String, Long> metrics, RowFilterSpec... filters)
            throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int split = 0; split < scan.planInputPartitions().length; split++) {
            try (PartitionReader<ColumnarBatch> reader = Splits.open(scan, split, filters)) {
                while (reader.next()) {
                    assertThat(reader.get().numRows()).isPositive();
                    rows.addAll(Splits.rows(scan, reader.get()));
                }
                Splits.metrics(reader).forEach((name, value) -> metrics.merge(name, value, Long::sum));
            }
        }
        return rows;
    }

    private static List<Map<String, Object>> plain(List<Row> rows, RowFilterSpec... filters) {
        List<Row> kept = new ArrayList<>();
        for (Row row : rows) {
            boolean keeps = true;
            for (RowFilterSpec filter : filters) {
                keeps &= ((Uids) filter).keeps(row.getAs("uid"));
            }
            if (keeps) {
                kept.add(row);
            }
        }
        return Rows.plain(kept);
    }

    @ParameterizedTest
    @MethodSource("atlases")
    void everyColumnShowsTheSelectedRows(String atlas) throws IOException {
        for (String batchBytes : List.of("32m", "2k")) {
            Map<String, String> options = new HashMap<>(Map.of("version", "0", "obsTable", "cells"));
            options.putAll(Map.of("batchBytes", batchBytes, "splitBytes", "1m", "batchRows", "100"));
            CellScan scan = Splits.scan(Shared.atlas(atlas).toString(), readable(atlas), options);
            List<Row> all = rows(scan);
            RowFilterSpec[] half = {new Uids(2, 0)};
            RowFilterSpec[] few = {new Uids(2, 1), new Uids(5, 3)};

            assertThat(plain(all, half)).isNotEmpty().hasSizeLessThan(all.size());
            assertSame(plain(rows(scan, half)), plain(all, half));
            assertSame(plain(rows(scan, few)), plain(all, few));
            assertThat(Uids.open).isZero();
        }
    }

    /** All columns; null stands for them. */
    private static String readable(String atlas) {
        // Some counts of this atlas are beyond the range of an int.
        boolean all = !atlas.equals("edge_cases");
        return all ? null : "uid string, name string, rna struct<zarr_row:bigint,indices:array<int>>";
    }

    private static void assertSame(List<Map<String, Object>> actual, List<Map<String, Object>> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i)).usingRecursiveComparison().as("row %d", i).isEqualTo(expected.get(i));
        }
    }

    @Test
    void arraysOfOtherRowsAreNotRead() throws IOException {
        CellScan scan = columns("gene_expression struct<indices:array<int>>");
        Map<String, Long> all = new HashMap<>();
        Map<String, Long> few = new HashMap<>();
        Map<String, Long> none = new HashMap<>();
        rows(scan, all);
        List<Row> kept = rows(scan, few, new Uids(10, 0));

        assertThat(rows(scan, none, new Uids(10, 0), new Uids(10, 1))).isEmpty();
        assertThat(few.get("cells")).isEqualTo(kept.size()).isLessThan(all.get("cells"));
        assertThat(few.get("matrixEntries")).isPositive().isLessThan(all.get("matrixEntries"));
        assertThat(none.get("zarrRequests")).isZero();
        assertThat(none.get("cells")).isZero();
    }

    @Test
    void addressesTellRowsApart() throws IOException {
        // Without columns nothing else would be read at all.
        CellScan count = columns("");
        List<Row> even = rows(count, new Addresses(2, 0));
        List<Row> odd = rows(count, new Addresses(2, 1));
        assertThat(even).isNotEmpty();
        assertThat(odd).isNotEmpty();
        assertThat(even.size() + odd.size()).isEqualTo(950);
    }

    @Test
    void aFilterThatFailsLeavesNothingOpen() {
        CellScan scan = columns("uid string");
        InputPartition split = scan.planInputPartitions()[0];
        CellReaderFactory closed = Splits.factory(scan, new Uids(2, 0), new Broken(false));
        assertThatThrownBy(() -> closed.createColumnarReader(split)).hasMessage("it does not open");
        assertThat(Uids.open).isZero();
        assertThatThrownBy(() -> rows(scan, new Uids(2, 0), new Broken(true))).hasMessage("it does not answer");
        assertThat(Uids.open).isZero();
    }

    @Test
    void scansWithOtherFiltersAreNotTheSame() {
        CellReadPlan plan =
                Splits.factory(columns("uid string"), new Uids(2, 0)).plan();
        assertThat(plan.readsSameAs(plan.withRowFilters(List.of(new Uids(2, 0)))))
                .isTrue();
        assertThat(plan.readsSameAs(plan.withRowFilters(List.of(new Uids(2, 1)))))
                .isFalse();
        assertThat(plan.toString()).contains("Uids");
    }
}
