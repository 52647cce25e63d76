package io.hox.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.ingest.demo.SyntheticCells;
import io.hox.source.SourceLocation;
import io.hox.testing.PythonEnvironment;
import io.hox.testing.Shared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** hox and anndata see the same values, bit for bit, in each other's files. */
class AnndataInteropTest {
    private static final List<String> REAL = List.of(
            "citeseq_pbmc10k_200cells.h5ad",
            "dentategyrus_mouse_100_spliced_unspliced.h5ad",
            "pancreas_mouse_50_spliced_unspliced.h5ad",
            "pbmc3k_labelled_counts.h5ad",
            "pbmc3k_raw.h5ad",
            "pbmc68k_reduced.h5ad",
            "scmixology_sc_celseq2.h5ad",
            "scmixology_sc_dropseq.h5ad",
            "format_fixtures/anndata_v0.5.0.h5ad",
            "format_fixtures/anndata_v0.7.0.h5ad",
            "format_fixtures/anndata_v0.7.8.h5ad",
            "format_fixtures/anndata_v0.11.4.h5ad",
            "neurons_mouse_10k.zarr",
            "pbmc68k_reduced.zarr.zip",
            "format_fixtures/anndata_v0.7.0.zarr.zip",
            "format_fixtures/anndata_v0.7.8.zarr.zip",
            "format_fixtures/anndata_v0.11.4.zarr.zip");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> realFiles() throws Exception {
        return compared(REAL.stream().map(Shared::data).toList());
    }

    @TestFactory
    Stream<DynamicTest> filesOfEveryKind() throws Exception {
        return made("make_h5ad.py");
    }

    @TestFactory
    Stream<DynamicTest> zarrStoresOfEveryKind() throws Exception {
        return made("make_zarr.py");
    }

    private Stream<DynamicTest> made(String script) throws Exception {
        Path made = Files.createDirectory(directory.resolve("made"));
        PythonEnvironment.run(PythonEnvironment.homeobox(), script(script), made);
        try (Stream<Path> files = Files.list(made)) {
            return compared(files.sorted().toList());
        }
    }

    @Test
    void syntheticCellsOpenInAnndata() throws Exception {
        Path file = directory.resolve("synthetic.h5ad");
        SyntheticCells.second(7).write(file, 1);

        try (AnnData read = H5adFiles.open(file)) {
            assertThat(Digests.of(read)).isEqualTo(anndata(List.of(file)).get(0));
        }
    }

    /** Compares what both read of the originals, and of the copies that hox makes of them. */
    private Stream<DynamicTest> compared(List<Path> originals) throws Exception {
        List<Path> copies = new ArrayList<>();
        List<JsonNode> ours = new ArrayList<>();
        for (Path original : originals) {
            Path copy = directory.resolve("copy" + copies.size() + ".h5ad");
            try (AnnData file = open(original)) {
                assertThat(file.obs().unreadable()).isEmpty();
                assertThat(file.var().unreadable()).isEmpty();
                ours.add(Digests.of(file));
                Copies.copy(file, copy, copies.size() % 3 * 2);
            }
            copies.add(copy);
        }
        List<Path> all = new ArrayList<>(originals);
        all.addAll(copies);
        List<JsonNode> theirs = anndata(all);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < originals.size(); i++) {
            JsonNode our = ours.get(i);
            JsonNode original = theirs.get(i);
            JsonNode copy = theirs.get(originals.size() + i);
            tests.add(dynamicTest(originals.get(i).getFileName().toString(), () -> {
                assertThat(our).isEqualTo(original);
                assertThat(forgetNullableText(copy)).isEqualTo(forgetNullableText(withoutRaw(original)));
            }));
        }
        return tests.stream();
    }

    private static AnnData open(Path file) {
        return file.toString().endsWith(".h5ad")
                ? H5adFiles.open(file)
                : ZarrFormat.open(SourceLocation.of(file.toString(), Map.of()));
    }

    private static JsonNode withoutRaw(JsonNode dump) {
        ObjectNode rest = dump.deepCopy();
        rest.remove("rawVar");
        ((ObjectNode) rest.get("matrices")).remove("raw/X");
        return rest;
    }

    /** Text with missing values is written as categories on purpose. */
    private static JsonNode forgetNullableText(JsonNode dump) {
        ObjectNode rest = dump.deepCopy();
        for (String table : List.of("obs", "var")) {
            for (JsonNode column : rest.get(table).get("columns")) {
                if (column.get("name").asText().equals("nullable_text")) {
                    ((ObjectNode) column).removeAll();
                }
            }
        }
        return rest;
    }

    private static List<JsonNode> anndata(List<Path> files) throws Exception {
        List<Object> arguments = new ArrayList<>();
        arguments.add(script("dump_anndata.py"));
        arguments.addAll(files);
        String output = PythonEnvironment.run(PythonEnvironment.homeobox(), arguments.toArray());
        List<JsonNode> dumps = new ArrayList<>();
        for (String line : output.split("\n")) {
            if (line.startsWith("{")) {
                dumps.add(Digests.parse(line));
            }
        }
        return dumps;
    }

    private static Path script(String name) {
        return Path.of("src/test/python", name).toAbsolutePath();
    }
}
