package io.hox.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.hox.HoxException;
import io.hox.h5ad.RawH5ad;
import io.hox.ingest.Sources;
import io.hox.source.Column;
import io.hox.source.DataFrame;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.testing.PythonEnvironment;
import io.hox.testing.Shared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Several modalities of the same cells, in every container. */
class MuDataTest {
    private static final Path SCRIPT =
            Path.of("src/test/python/mudata_files.py").toAbsolutePath();

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> realFilesHoldWhatPythonSees() throws Exception {
        List<Path> files = new ArrayList<>(List.of(Shared.data("multiome_pbmc1k/rna_atac.h5mu")));
        for (String version : List.of("0.1.2", "0.2.4", "0.3.10", "0.4.1")) {
            files.add(Shared.data("format_fixtures/mudata_v" + version + "_axis0.h5mu"));
            files.add(Shared.data("format_fixtures/mudata_v" + version + "_axis0.zarr.zip"));
        }
        return compared(files);
    }

    @TestFactory
    Stream<DynamicTest> cellsThatModalitiesLackAreMissing() throws Exception {
        return compared(made());
    }

    private List<Path> made() throws Exception {
        PythonEnvironment.run(PythonEnvironment.homeobox(), SCRIPT, "make", directory);
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static Stream<DynamicTest> compared(List<Path> files) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(SCRIPT, "dump"));
        arguments.addAll(files);
        String[] theirs = PythonEnvironment.run(PythonEnvironment.homeobox(), arguments.toArray())
                .lines()
                .filter(line -> line.startsWith("{"))
                .toArray(String[]::new);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            JsonNode wanted = Digests.parse(theirs[i]);
            tests.add(dynamicTest(file.getFileName().toString(), () -> {
                try (MuData ours = open(file)) {
                    assertThat(ours.obs().unreadable()).isEmpty();
                    assertThat(Digests.of(ours)).isEqualTo(wanted);
                }
            }));
        }
        return tests.stream();
    }

    /** As users do: by what the file looks like. */
    private static MuData open(Path file) {
        List<SourceRef> datasets = Sources.datasets(SourceLocation.of(file.toString(), Map.of()));
        assertThat(datasets).hasSize(1);
        return (MuData) Sources.open(datasets.get(0), Map.of());
    }

    @Test
    void modalitiesAreOfTheSpacesThatTheirNamesSay() {
        try (Source source = open(Shared.data("multiome_pbmc1k/rna_atac.h5mu"))) {
            assertThat(source.modalities()).extracting(Modality::key).containsExactly("atac", "rna");
            assertThat(source.modalities()).extracting(Modality::featureSpace).containsExactly(null, "gene_expression");
        }
    }

    @Test
    void rangesOfCellsGiveWhatTheWholeGives() throws Exception {
        for (Path file : made()) {
            try (MuData whole = open(file);
                    MuData parts = open(file)) {
                int n = whole.obs().rows();
                for (Column column : whole.obs().columns()) {
                    String[] texts = column.texts();
                    for (int from = 0; from < n; from += 77) {
                        int to = Math.min(n, from + 77);
                        DataFrame part = parts.obs().rows(from, to);
                        assertThat(part.column(column.name()).texts()).isEqualTo(Arrays.copyOfRange(texts, from, to));
                    }
                }
            }
        }
    }

    @Test
    void aFileWithoutModalitiesIsRefused() {
        Path file = directory.resolve("empty.h5mu");
        RawH5ad.writeEmptyGroup(file);

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("empty.h5mu has no modalities in 'mod'");
    }
}
