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
