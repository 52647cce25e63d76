package io.hox.lance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.testing.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;

class ScanTest {
    @Test
    void columnsComeInTheRequestedOrderAndStructChildrenAsFlatColumns() {
        try (LanceDatabase db = Fixtures.open("multimodal");
                LanceTable cells = db.open("cells");
                LanceScan scan = cells.scan(ScanRequest.ALL
                        .withColumns("gene_expression.start", "uid")
                        .withBatchSize(50))) {
            assertThat(scan.schema().getFields())
                    .extracting(Field::getName)
                    .containsExactly("gene_expression.start", "uid");
            int rows = 0;
            while (scan.next()) {
                assertThat(scan.batch().getRowCount()).isLessThanOrEqualTo(50);
                rows += scan.batch().getRowCount();
            }
            assertThat(rows).isEqualTo(178);
        }
    }

    @Test
    void dictionaryColumnsPointIntoTheirValues() {
        try (LanceDatabase db = Fixtures.open("multimodal");
                LanceTable cells = db.open("cells");
                LanceScan scan = cells.scan(ScanRequest.ALL.withColumns("uid", "technology"))) {
            int citeSeq = 0;
            int missing = 0;
            while (scan.next()) {
                IntVector indices = (IntVector) scan.batch().getVector("technology");
                FieldVector values = scan.dictionary("technology");
                assertThat(scan.dictionary("uid")).isNull();
                for (int i = 0; i < scan.batch().getRowCount(); i++) {
                    if (indices.isNull(i)) {
                        missing++;
                    } else if (values.getObject(indices.get(i)).toString().equals("CITE-seq")) {
                        citeSeq++;
                    }
                }
            }
            assertThat(citeSeq).isEqualTo(119);
            assertThat(missing).isEqualTo(20);
        }
    }

    @Test
    void noColumnsStillHasRows() {
        try (LanceDatabase db = Fixtures.open("multimodal");
                LanceTable cells = db.open("cells")) {
            assertThat(rows(cells, ScanRequest.ALL.withColumns())).isEqualTo(178);
        }
    }

    @Test
    void limitAndOffsetCountFilteredRowsInTableOrder() {
        try (LanceDatabase db = Fixtures.open("edge_cases");
                LanceTable cells = db.open("cells")) {
            assertThat(cells.fragments()).hasSizeGreaterThan(1);
            for (String filter : new String[] {null, "`uid` > '4'"}) {
                ScanRequest all = ScanRequest.ALL.withColumns("uid").withFilter(filter);
                List<String> uids = uids(cells, all);
                for (int offset = 0; offset <= uids.size(); offset += 7) {
                    assertThat(uids(cells, all.withOffset(offset).withLimit(9)))
                            .containsExactlyElementsOf(uids.subList(offset, Math.min(offset + 9, uids.size())));
                }
                assertThat(uids(cells, all.withLimit(0))).isEmpty();
            }
        }
    }

    @Test
    void rowRangesSplitAFragmentWithDeletedRows() {
        try (LanceDatabase db = Fixtures.open("edge_cases");
                LanceTable cells = db.open("cells")) {
            for (String filter : List.of("true", "`uid` > '4'")) {
                List<String> whole =
                        uids(cells, ScanRequest.ALL.withColumns("uid").withFilter(filter));
                List<String> parts = new ArrayList<>();
                for (FragmentInfo fragment : cells.fragments()) {
                    for (long from = 0; from < fragment.physicalRows(); from += 5) {
                        parts.addAll(uids(
                                cells,
                                ScanRequest.ALL
                                        .withColumns("uid")
                                        .withFragments(List.of(fragment.id()))
                                        .withFilter(
                                                filter + " AND " + LanceSql.rowRange(fragment.id(), from, from + 5))));
                    }
                }
                assertThat(parts).containsExactlyElementsOf(whole);
            }
        }
    }

    @Test
    void rowsByAddressAreThoseRowsWithLimitsAndOtherConditionsToo() {
        for (String atlas : List.of("pbmc_two_datasets", "g1_lancell")) {
            try (LanceDatabase db = Fixtures.open(atlas);
                    LanceTable cells = db.open("cells")) {
                long base = (long) cells.fragments().get(0).id() << 32;
                List<String> whole = uids(cells, ScanRequest.ALL.withColumns("uid"));
                List<Long> addresses = new ArrayList<>();
                List<String> expected = new ArrayList<>();
                for (int row = 10; row < 160; row += 7) {
                    addresses.add(base + row);
                    expected.add(whole.get(row));
                }
                ScanRequest all = ScanRequest.ALL.withColumns("uid").withFilter(LanceSql.rows(addresses));
                assertThat(uids(cells, all)).isEqualTo(expected);
                assertThat(uids(cells, all.withLimit(5))).isEqualTo(expected.subList(0, 5));
                assertThat(uids(
                                cells,
                                all.withFilter(all.filter() + " AND _rowaddr >= " + (base + 31))
                                        .withLimit(4)))
                        .isEqualTo(expected.subList(3, 7));
            }
        }
    }

    @Test
    void dictionariesAreKeysAndExtremesLikeText() {
        for (String atlas : List.of("multimodal", "multimodal_lance21")) {
            try (LanceDatabase db = Fixtures.open(atlas);
                    LanceTable cells = db.open("cells")) {
                LanceAggregate aggregate = new LanceAggregate(
                        List.of("technology"),
                        List.of(
                                new LanceAggregate.Measure(LanceAggregate.Function.COUNT, null),
                                new LanceAggregate.Measure(LanceAggregate.Function.COUNT, "technology"),
                                new LanceAggregate.Measure(LanceAggregate.Function.MAX, "technology")));
                List<String> groups = new ArrayList<>();
                try (LanceScan scan = cells.scan(ScanRequest.ALL.withAggregate(aggregate))) {
                    while (scan.next()) {
                        IntVector keys = (IntVector) scan.batch().getVector(LanceAggregate.key(0));
                        FieldVector names = scan.dictionary(LanceAggregate.key(0));
                        for (int i = 0; i < scan.batch().getRowCount(); i++) {
                            groups.add((keys.isNull(i) ? null : names.getObject(keys.get(i))) + " "
                                    + scan.batch()
                                            .getVector(LanceAggregate.measure(0))
                                            .getObject(i) + " "
                                    + scan.batch()
                                            .getVector(LanceAggregate.measure(1))
                                            .getObject(i) + " "
                                    + scan.batch()
                                            .getVector(LanceAggregate.measure(2))
                                            .getObject(i));
                        }
                    }
                }
                assertThat(groups)
                        .containsExactlyInAnyOrder(
                                "CITE-seq 119 119 CITE-seq",
                                "RNA only 35 35 RNA only",
                                "multiome 4 4 multiome",
                                "null 20 0 null");
            }
        }
    }

    @Test
    void anOffsetBehindAFilterReadsBooleansRight() {
        try (LanceDatabase db = Fixtures.open("pbmc_two_datasets");
                LanceTable cells = db.open("cells")) {
            ScanRequest all = ScanRequest.ALL.withColumns("is_train", "uid").withFilter("`n_genes` > 100");
            List<Object> whole = values(cells, all, "is_train");
            assertThat(whole).contains(true, false);
            for (int offset : new int[] {1, 3, 8, 50}) {
                assertThat(values(cells, all.withOffset(offset).withLimit(40), "is_train"))
                        .containsExactlyElementsOf(whole.subList(offset, offset + 40));
            }
        }
    }

    @Test
    void aBadFilterIsNamedWithItsTableAndReason() {
        try (LanceDatabase db = Fixtures.open("multimodal");
                LanceTable cells = db.open("cells")) {
            assertThatThrownBy(() -> cells.countRows("tissue = 'lung'"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("[tissue = 'lung']")
                    .hasMessageContaining("cells.lance at version 7")
                    .hasMessageContaining("No field named tissue");
            assertThatThrownBy(() -> cells.countRows("uid = = 3")).hasMessageContaining("[uid = = 3]");
            assertThatThrownBy(() -> cells.scan(ScanRequest.ALL.withColumns("tissue")))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("tissue")
                    .hasMessageContaining("technology");
        }
    }

    @Test
    void missingTablesAndPrunedVersionsAreToldApart() {
        try (LanceDatabase db = Fixtures.open("multimodal")) {
            assertThatThrownBy(() -> db.open("tissues"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("no table at")
                    .hasMessageContaining("tissues.lance");
            assertThatThrownBy(() -> db.open("cells", 99))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("snapshot points to a version")
                    .hasMessageContaining("99");
            assertThatThrownBy(() -> db.open("../lance_db/cells")).hasMessageContaining("not a table name");
        }
    }

    @Test
    void aDatabaseThatDoesNotExistHasNoTables() {
        assertThat(LanceDatabase.open("/nowhere/at/all", Map.of()).tableNames()).isEmpty();
        assertThat(LanceDatabase.open("file://" + Shared.atlas("multimodal") + "/lance_db/", Map.of())
                        .tableNames())
                .contains("cells");
    }

    private static List<String> uids(LanceTable table, ScanRequest request) {
        return values(table, request, "uid").stream().map(Object::toString).toList();
    }

    private static List<Object> values(LanceTable table, ScanRequest request, String column) {
        List<Object> values = new ArrayList<>();
        try (LanceScan scan = table.scan(request)) {
            while (scan.next()) {
                for (int i = 0; i < scan.batch().getRowCount(); i++) {
                    values.add(scan.batch().getVector(column).getObject(i));
                }
            }
        }
        return values;
    }

    private static long rows(LanceTable table, ScanRequest request) {
        long rows = 0;
        try (LanceScan scan = table.scan(request)) {
            while (scan.next()) {
                rows += scan.batch().getRowCount();
            }
        }
        return rows;
    }
}
