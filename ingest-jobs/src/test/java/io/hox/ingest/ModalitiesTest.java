package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.ingest.DatasetReport.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several modalities of one source become one dataset with a group each. */
class ModalitiesTest {
    private static final ArrayShapes SMALL = new ArrayShapes(64, 128);
    private static final int CELLS = 9_000;

    @TempDir
    Path directory;

    private MadeAtlas atlas;
    private final MadeMatrix rna = MadeMatrix.random(1, CELLS, 20);
    private final MadeMatrix protein = MadeMatrix.random(2, CELLS - 3_000, 4);

    @BeforeEach
    void open() {
        atlas = new MadeAtlas(
                directory.resolve("atlas"), List.of(), "rna", "gene_expression", "adt", "protein_abundance");
    }

    @AfterEach
    void close() {
        atlas.close();
    }

    @Test
    void cellsPointToTheirRowsInWhateverOrder() {
        long[] rows = new long[CELLS];
        long[] proteinRows = new long[CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            rows[cell] = (cell * 7919L) % CELLS;
            proteinRows[cell] = cell % 3 == 0 ? -1 : cell - cell / 3 - 1;
        }
        MadeSource source = new MadeSource(CELLS)
                .modality("gex", "gene_expression", rows, MadeSource.names("g", 20), rna)
                .modality("prot", "protein_abundance", proteinRows, MadeSource.names("p", 4), protein);

        DatasetReport report = ingest(new ArrayShapes(512, 8192), request(source, Map.of()));

        assertThat(report.state()).as(report.toString()).isEqualTo(State.INGESTED);
        assertThat(report.features()).isEqualTo(24);
        assertThat(atlas.writer().datasets()).hasSize(2).allMatch(row -> row.datasetUid()
                .equals("d"));
        long[] starts = new long[CELLS + 1];
        for (int row = 0; row < CELLS; row++) {
            starts[row + 1] = starts[row] + rna.indices[row].length;
        }
        Map<String, Object> pointers = atlas.cells("rna");
        Map<String, Object> proteins = atlas.cells("adt");
        for (int cell = 0; cell < CELLS; cell++) {
            int row = (int) rows[cell];
            assertThat(pointers.get("c" + cell).toString())
                    .contains("\"start\":" + starts[row] + ",")
                    .contains("\"end\":" + starts[row + 1] + ",")
                    .contains("\"zarr_row\":" + row + "}");
            if (proteinRows[cell] < 0) {
                assertThat(proteins.get("c" + cell)).isEqualTo("null");
            } else {
                assertThat(proteins.get("c" + cell).toString()).contains("\"position\":" + proteinRows[cell]);
            }
        }
        assertThat(atlas.writer().validate()).isEmpty();
    }

    @Test
    void aModalityWithoutAColumnIsNamedWithTheWaysOut() {
        MadeSource source = new MadeSource(CELLS)
                .modality("gex", "gene_expression", null, MadeSource.names("g", 20), rna)
                .modality("atac", "chromatin_accessibility", null, MadeSource.names("p", 20), rna);

        DatasetReport refused = ingest(SMALL, request(source, Map.of()));

        assertThat(refused.state()).isEqualTo(State.FAILED);
        assertThat(refused.notes().get(0))
                .contains("modality 'atac'", "chromatin_accessibility", "[rna, adt]")
                .contains("--field atac=COLUMN", "--skip atac");

        DatasetReport without = ingest(ArrayShapes.DEFAULT, request(source, Map.of("atac", ModalityRequest.SKIP)));
        assertThat(without.state()).as(without.toString()).isEqualTo(State.INGESTED);
        assertThat(atlas.cells("adt").values()).containsOnly("null");
    }

    @Test
    void modalitiesThatSayNothingNeedAField() {
        MadeSource source = new MadeSource(CELLS - 3_000)
                .modality("one", null, null, MadeSource.names("p", 4), protein)
                .modality("two", null, null, MadeSource.names("p", 4), protein);

        assertThat(ingest(SMALL, request(source, Map.of())).notes().get(0))
                .contains("says nothing of its feature space");
        ModalityRequest adt = ModalityRequest.of("adt", Map.of(), null);
        assertThat(ingest(SMALL, request(source, Map.of("one", adt, "two", adt)))
                        .notes()
                        .get(0))
                .contains("several modalities would fill the pointer column adt");
        assertThat(ingest(SMALL, request(source, Map.of("three", adt))).notes().get(0))
                .contains("no modality 'three'", "[one, two]");
    }

    private DatasetReport ingest(ArrayShapes shapes, DatasetRequest request) {
        return atlas.ingest(shapes, IngestOptions.DEFAULT, request).get(0);
    }

    private static DatasetRequest request(MadeSource source, Map<String, ModalityRequest> modalities) {
        return new DatasetRequest(MadeFormat.of(source), "d", modalities, Map.of(), Map.of(), Map.of());
    }
}
