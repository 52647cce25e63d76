package io.hox.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.atlas.Atlas;
import io.hox.atlas.AtlasUri;
import io.hox.atlas.AtlasView;
import io.hox.atlas.FeatureSpaces;
import io.hox.atlas.PointerColumn;
import io.hox.cli.Hox;
import io.hox.index.GroupReport.State;
import io.hox.lance.LanceScan;
import io.hox.lance.ScanRequest;
import io.hox.testing.Directories;
import io.hox.testing.Shared;
import io.hox.zarr.Values;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of all groups that homeobox and lancell wrote, beside those that they made themselves. */
class ReferenceCopiesTest {
    @TempDir
    Path directory;

    /**
     * Copies everything anew.
     *
     * @param copied groups that get a copy
     * @param compared groups that have one by the reference
     * @param refused groups of which cells were deleted
     */
    @ParameterizedTest
    @CsvSource({
        "pbmc_two_datasets, 4, 1, 0",
        "edge_cases, 10, 6, 2",
        "multimodal, 4, 0, 0",
        "g1_lancell, 4, 2, 0",
        "g1c_homeobox023, 4, 2, 0",
        "g2a_homeobox027, 4, 2, 0"
    })
    void equalTheReferences(String name, int copied, int compared, int refused) throws IOException {
        Path atlas = Directories.copy(Shared.atlas(name), directory.resolve(name));
        AtlasUri uri = AtlasUri.resolve(atlas.toString(), null);
        Map<String, FeatureMajor> theirs = new TreeMap<>();
        try (Atlas opened = Atlas.open(uri, Map.of());
                AtlasView view = opened.view(opened.latestSnapshot())) {
            view.datasets().stream()
                    .filter(row -> view.zarr().arrayOrNull(row.zarrGroup() + "/csc/indptr") != null)
                    .forEach(row -> theirs.put(row.zarrGroup(), FeatureMajor.read(view.zarr(), row.zarrGroup())));
        }

        IndexRequest request =
                new IndexRequest(atlas.toString(), null, FeatureSpaces.none(), null, List.of(), List.of(), true);
        List<GroupReport> reports =
                new IndexJob(Hox.session(), request, IndexProgress.SILENT, new CopyShapes(128, 1024, 5000, 2)).run();

        try (Atlas opened = Atlas.open(uri, Map.of());
                AtlasView view = opened.view(opened.latestSnapshot())) {
            for (GroupReport report : reports) {
                if (report.state() == State.INDEXED) {
                    FeatureMajor ours = FeatureMajor.read(view.zarr(), report.group());
                    assertThat(ours).as(report.group()).isEqualTo(transposed(view, report));
                    FeatureMajor reference = theirs.get(report.group());
                    if (reference != null) {
                        assertThat(ours.pointers()).isEqualTo(reference.pointers());
                        assertThat(ours.rows()).isEqualTo(reference.rows());
                        reference.layers().forEach((layer, values) -> assertThat(
                                        values.equals(ours.layers().get(layer)))
                                .as(report.group() + " " + layer)
                                .isTrue());
                    }
                }
            }
        }
        assertThat(count(reports, State.INDEXED)).isEqualTo(copied);
        assertThat(theirs).hasSize(compared);
        assertThat(count(reports, State.FAILED)).isEqualTo(refused);
    }

    private static long count(List<GroupReport> reports, State state) {
        return reports.stream().filter(report -> report.state() == state).count();
    }

    private static FeatureMajor transposed(AtlasView view, GroupReport report) {
        String group = report.group();
        int[] indices = view.zarr().array(group + "/csr/indices").readAll().ints();
        int[] rowOf = new int[indices.length];
        for (String table : view.snapshot().obsTables().keySet()) {
            for (PointerColumn pointer : view.pointers(table)) {
                if (pointer.featureSpace().equals(report.featureSpace())) {
                    rows(view, table, pointer.name(), group, rowOf);
                }
            }
        }
        int[] order = IntStream.range(0, rowOf.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(i -> indices[i]).thenComparing(i -> rowOf[i]))
                .mapToInt(i -> i)
                .toArray();
        long[] pointers = new long[(int) report.features() + 1];
        IntStream.of(indices).forEach(index -> pointers[index + 1]++);
        Arrays.parallelPrefix(pointers, Long::sum);
        Map<String, String> layers = new HashMap<>();
        for (String layer : view.zarr().arrayNames(group + "/csr/layers")) {
            Values values = view.zarr().array(group + "/csr/layers/" + layer).readAll();
            layers.put(layer, FeatureMajor.text(values, order));
        }
        int[] rows = IntStream.of(order).map(i -> rowOf[i]).toArray();
        return new FeatureMajor(pointers, rows, layers);
    }

    private static void rows(AtlasView view, String table, String pointer, String group, int[] rowOf) {
        ScanRequest request = ScanRequest.ALL.withColumns(
                pointer + ".zarr_group", pointer + ".start", pointer + ".end", pointer + ".zarr_row");
        try (LanceScan scan = view.obs(table).scan(request)) {
            while (scan.next()) {
                List<FieldVector> vectors = scan.batch().getFieldVectors();
                for (int row = 0; row < scan.batch().getRowCount(); row++) {
                    Object name =
                            scan.batch().getVector(pointer + ".zarr_group").getObject(row);
                    if (name != null && name.toString().equals(group)) {
                        Arrays.fill(
                                rowOf,
                                (int) number(vectors, pointer + ".start", row),
                                (int) number(vectors, pointer + ".end", row),
                                (int) number(vectors, pointer + ".zarr_row", row));
                    }
                }
            }
        }
    }

    private static long number(List<FieldVector> vectors, String name, int row) {
        return vectors.stream()
                .filter(vector -> vector.getName().equals(name))
                .map(BigIntVector.class::cast)
                .findFirst()
                .orElseThrow()
                .get(row);
    }
}
