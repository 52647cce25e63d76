package io.hox.h5ad;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hox.testing.PythonEnvironment;
import io.hox.testing.Shared;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** hox and anndata see the same values, bit for bit, in each other's files. */
class AnndataInteropTest {
    private static final Path DUMP = Path.of("src/test/python/dump_h5ad.py").toAbsolutePath();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "format_fixtures/anndata_v0.11.4.h5ad"
            })
    void readsAndRewritesWhatAnndataReads(String name) throws Exception {
        Path original = Shared.data(name);
        Path copy = directory.resolve("copy.h5ad");
        JsonNode expected = anndata(original);

        try (H5adFile file = H5adFile.open(original)) {
            assertThat(file.obs().unreadable()).isEmpty();
            assertThat(file.var().unreadable()).isEmpty();
            assertThat(Digests.of(file)).isEqualTo(expected);
            Copies.copy(file, copy, 4);
        }

        ObjectNode withoutRaw = expected.deepCopy();
        withoutRaw.remove("rawVar");
        ((ObjectNode) withoutRaw.get("matrices")).remove("raw/X");
        assertThat(anndata(copy)).isEqualTo(withoutRaw);
        try (H5adFile file = H5adFile.open(copy)) {
            assertThat(Digests.of(file)).isEqualTo(withoutRaw);
        }
    }

    private static JsonNode anndata(Path file) throws Exception {
        return Digests.parse(PythonEnvironment.run(PythonEnvironment.homeobox(), DUMP, file));
    }
}
