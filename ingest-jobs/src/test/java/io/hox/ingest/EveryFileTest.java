package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hox.cli.Hox;
import io.hox.testing.PythonEnvironment;
import io.hox.testing.Shared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every real file of every format goes through an atlas and comes back with the values that Python sees in it. */
@Timeout(900)
class EveryFileTest {
    private static final String SPACES =
            """
            {"numbers": {"kind": "sparse", "layers": {"values": {"types": ["float32", "float64", "int64"], "required": true}}}}
            """;

    /** Files with counts: matrix, modality or nothing, file, and the var column that names features if not the index. */
    private static final String[][] COUNTS = {
        {"X", "", "pbmc3k_raw.h5ad"},
        {"X", "", "pbmc3k_labelled_counts.h5ad"},
        {"X", "", "scmixology_sc_celseq2.h5ad"},
        {"X", "", "scmixology_sc_dropseq.h5ad"},
        {"X", "", "citeseq_pbmc10k_200cells.h5ad"},
        {"X", "", "dentategyrus_mouse_100_spliced_unspliced.h5ad"},
        {"layers/spliced", "", "pancreas_mouse_50_spliced_unspliced.h5ad"},
        {"X", "", "neurons_mouse_10k.zarr", "gene_ids"},
        {"layers/CSR_X", "", "neurons_mouse_10k.zarr", "gene_ids"},
        {"layers/counts", "", "pbmc68k_reduced.zarr.zip"},
        {"X", "rna", "multiome_pbmc1k/rna_atac.h5mu"},
        {"X", "", "heart_1k_v2_mouse_10x_v2.h5"},
        {"X", "", "10x_small/1.2.0/filtered_gene_bc_matrices_h5.h5"},
        {"X", "", "10x_small/1.2.0/filtered_gene_bc_matrices/hg19_chr21"},
        {"X", "", "10x_small/3.0.0/filtered_feature_bc_matrix.h5"},
        {"X", "", "10x_small/3.0.0/filtered_feature_bc_matrix"},
        {"X", "", "pbmc3k_10x_mtx"},
    };

    /** Files with numbers of any kind. */
    private static final String[][] NUMBERS = {
        {"X", "", "pbmc68k_reduced.h5ad"},
        {"raw/X", "", "pbmc68k_reduced.h5ad"},
        {"X", "", "pbmc68k_reduced.zarr.zip"},
        {"raw/X", "", "format_fixtures/anndata_v0.5.0.h5ad"},
        {"X", "", "format_fixtures/anndata_v0.7.0.h5ad"},
        {"layers/sparse", "", "format_fixtures/anndata_v0.7.0.h5ad"},
        {"layers/array", "", "format_fixtures/anndata_v0.7.8.h5ad"},
        {"X", "", "format_fixtures/anndata_v0.7.0.zarr.zip"},
        {"X", "", "format_fixtures/anndata_v0.7.8.zarr.zip"},
        {"X", "mod1", "format_fixtures/mudata_v0.1.2_axis0.h5mu"},
        {"X", "mod1", "format_fixtures/mudata_v0.4.1_axis0.h5mu"},
        {"X", "mod1", "format_fixtures/mudata_v0.4.1_axis0.zarr.zip"},
    };

    @TempDir
    Path directory;

    private final List<Map<String, String>> cases = new ArrayList<>();

    @Test
    void comesBackAsPythonSeesIt() throws Exception {
        Path python = PythonEnvironment.homeobox();
        Path spaces = Files.writeString(directory.resolve("spaces.json"), SPACES);
        for (String[] one : COUNTS) {
            through(one, List.of("--field", "gene_expression"), "counts", List.of());
        }
        for (String[] one : NUMBERS) {
            through(one, List.of("--field", "it=numbers"), "values", List.of("--feature-spaces", spaces));
        }
        Path file = directory.resolve("cases.json");
        new ObjectMapper().writeValue(file.toFile(), cases);
        PythonEnvironment.run(
                python, Path.of("src/test/python/check_ingested.py").toAbsolutePath(), file);
    }

    private void through(String[] one, List<Object> field, String layer, List<Object> spaces) {
        String matrix = one[0];
        String modality = one[1];
        Path source = Shared.data(one[2]);
        Path atlas = directory.resolve("atlas" + cases.size());
        Path result = directory.resolve("result" + cases.size() + ".h5ad");
        hox(List.of("create", atlas, "--like", source, "--exact-types"), field, spaces);
        List<Object> ingest = new ArrayList<>(List.of("ingest", atlas, source));
        if (modality.isEmpty()) {
            ingest.addAll(List.of("--layer", matrix + "=" + layer));
        } else {
            ingest.addAll(List.of("--layer", modality + ":" + matrix + "=" + layer));
            for (String other : others(source, modality)) {
                ingest.addAll(List.of("--skip", other));
            }
        }
        String key = one.length > 3 ? one[3] : "";
        if (!key.isEmpty()) {
            ingest.addAll(List.of("--feature-key", key));
        }
        hox(ingest, spaces);
        hox(List.of("validate", atlas), spaces);
        hox(List.of("snapshot", atlas), spaces);
        hox(List.of("query", atlas, "--layers", layer, "--out", result), spaces);
        Map<String, String> named = new LinkedHashMap<>();
        named.put("source", source.toString());
        named.put("matrix", matrix);
        named.put("modality", modality);
        named.put("key", key);
        named.put("result", result.toString());
        cases.add(named);
    }

    private static List<String> others(Path source, String modality) {
        return source.toString().contains("multiome")
                ? List.of("atac")
                : List.of(modality.equals("mod1") ? "mod2" : "mod1");
    }

    @SafeVarargs
    private static void hox(List<Object>... parts) {
        List<Object> command = new ArrayList<>();
        for (List<Object> part : parts) {
            command.addAll(part);
        }
        Hox.Result result = Hox.run(command.toArray());
        assertThat(result.exitCode()).as(command + ": " + result).isZero();
    }
}
