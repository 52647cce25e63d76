package io.hox.tenx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.anndata.Digests;
import io.hox.ingest.Sources;
import io.hox.source.Modality;
import io.hox.source.Source;
import io.hox.source.SourceLocation;
import io.hox.source.SourceRef;
import io.hox.testing.PythonEnvironment;
import io.hox.testing.Shared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** hox sees in 10x files what h5py and SciPy see, bit for bit. */
class TenxInteropTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> REAL = List.of(
            "10x_small/1.2.0/filtered_gene_bc_matrices_h5.h5",
            "10x_small/1.2.0/multiple_genomes.h5",
            "10x_small/1.2.0/filtered_gene_bc_matrices/hg19_chr21",
            "10x_small/3.0.0/filtered_feature_bc_matrix.h5",
            "10x_small/3.0.0/filtered_feature_bc_matrix",
            "heart_1k_v2_mouse_10x_v2.h5",
            "pbmc3k_10x_mtx");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> realFiles() throws Exception {
        return compared(REAL.stream().map(Shared::data).toList());
    }

    @TestFactory
    Stream<DynamicTest> filesOfEveryKind() throws Exception {
        PythonEnvironment.run(PythonEnvironment.homeobox(), script("make_10x.py"), directory);
        try (Stream<Path> made = Files.list(directory)) {
            return compared(made.sorted().toList());
        }
    }

    private static Stream<DynamicTest> compared(List<Path> files) throws Exception {
        List<Object> arguments = new ArrayList<>();
        arguments.add(script("dump_10x.py"));
        arguments.addAll(files);
        String output = PythonEnvironment.run(PythonEnvironment.homeobox(), arguments.toArray());
        List<DynamicTest> tests = new ArrayList<>();
        for (String line : output.split("\n")) {
            ObjectNode theirs = (ObjectNode) JSON.readTree(line);
            String path = theirs.remove("path").asText();
            String part = theirs.remove("part").asText();
            tests.add(dynamicTest(
                    path + " " + part, () -> assertThat(ours(path, part)).isEqualTo(theirs)));
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(files.size());
        return tests.stream();
    }

    private static JsonNode ours(String path, String part) {
        List<SourceRef> refs = Sources.datasets(SourceLocation.of(path, Map.of()));
        SourceRef ref =
                refs.size() == 1 ? refs.get(0) : new SourceRef(refs.get(0).format(), path, part);
        assertThat(refs).contains(ref);
        ObjectNode node = JSON.createObjectNode();
        try (Source source = Sources.open(ref, Map.of())) {
            node.set("obs", Digests.frame(source.obs()));
            ObjectNode modalities = node.putObject("modalities");
            for (Modality modality : source.modalities()) {
                ObjectNode described = modalities.putObject(modality.key());
                described.set("var", Digests.frame(modality.var("X")));
                described.set("matrix", Digests.matrix(modality.matrix("X"), 10_000));
            }
        }
        return node;
    }

    private static Path script(String name) {
        return Path.of("src/test/python", name).toAbsolutePath();
    }
}
