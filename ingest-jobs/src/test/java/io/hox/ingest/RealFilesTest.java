package io.hox.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.cli.Anndata;
import io.hox.cli.Hox;
import io.hox.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real files of every encoding go through an atlas unchanged: {@code create --like}, {@code ingest}, {@code query}. */
class RealFilesTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "pbmc3k_raw.h5ad",
        "pbmc3k_labelled_counts.h5ad",
        "scmixology_sc_celseq2.h5ad",
        "scmixology_sc_dropseq.h5ad",
        "citeseq_pbmc10k_200cells.h5ad",
        "dentategyrus_mouse_100_spliced_unspliced.h5ad",
        "pancreas_mouse_50_spliced_unspliced.h5ad",
        "format_fixtures/anndata_v0.7.0.h5ad",
        "format_fixtures/anndata_v0.7.8.h5ad",
        "format_fixtures/anndata_v0.7.0.zarr.zip",
        "format_fixtures/anndata_v0.7.8.zarr.zip"
    })
    void countsComeBackAsTheyWere(String name) {
        Path source = Shared.data(name);
        Path atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--like", source);

        Hox.output("ingest", atlas, source);
        Hox.output("optimize", atlas);
        assertThat(Hox.output("validate", atlas)).isEmpty();
        Hox.output("snapshot", atlas);

        check(Anndata.read(source), "X", query(atlas), "X");
    }

    @Test
    void ofSeveralModalitiesThoseWithAFeatureSpaceComeBack() {
        Path source = Shared.data("multiome_pbmc1k/rna_atac.h5mu");
        Path atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--like", source);

        Hox.output("ingest", atlas, source, "--skip", "atac");
        Hox.output("optimize", atlas);
        assertThat(Hox.output("validate", atlas)).isEmpty();
        Hox.output("snapshot", atlas);

        Anndata read = query(atlas);
        assertThat(read.obsNames()).hasSize(1_000);
        assertThat(read.varNames()).hasSize(45);
    }

    @Test
    void layersOfOneStructureComeBackTogether() {
        Path source = Shared.data("pancreas_mouse_50_spliced_unspliced.h5ad");
        Path atlas = directory.resolve("atlas");
        Hox.output("create", atlas, "--like", source);

        Hox.output("ingest", atlas, source, "--layer", "X=counts", "--layer", "layers/spliced=tpm");
        Hox.output("optimize", atlas);
        Hox.output("snapshot", atlas);

        Anndata read = query(atlas, "--layers", "tpm,counts");
        check(Anndata.read(source), "layers/spliced", read, "X");
        check(Anndata.read(source), "X", read, "layers/counts");
    }

    @ParameterizedTest
    @CsvSource({
        "pbmc68k_reduced.h5ad, raw/X, sparse",
        "pbmc68k_reduced.h5ad, X, dense",
        "pbmc68k_reduced.zarr.zip, X, dense",
        "format_fixtures/anndata_v0.5.0.h5ad, raw/X, dense",
        "format_fixtures/anndata_v0.5.0.h5ad, X, sparse",
        "format_fixtures/anndata_v0.7.8.h5ad, layers/array, dense",
        "format_fixtures/anndata_v0.7.0.h5ad, layers/sparse, sparse"
    })
    void otherNumbersComeBackFromSpacesOfTheUser(String name, String matrix, String kind) throws IOException {
        Path source = Shared.data(name);
        Path atlas = directory.resolve("atlas");
        Path spaces = Files.writeString(
                directory.resolve("spaces.json"),
                "{\"numbers\": {\"kind\": \"" + kind + "\", \"layers\": {\"values\": {\"types\": [\"float32\","
                        + " \"float64\"], \"required\": true}}}}");
        Hox.output("create", atlas, "--like", source, "--field", "it=numbers", "--feature-spaces", spaces);

        Hox.output("ingest", atlas, source, "--layer", matrix + "=values", "--feature-spaces", spaces);
        Hox.output("optimize", atlas, "--feature-spaces", spaces);
        assertThat(Hox.output("validate", atlas, "--feature-spaces", spaces)).isEmpty();
        Hox.output("snapshot", atlas, "--feature-spaces", spaces);

        check(Anndata.read(source), matrix, query(atlas, "--feature-spaces", spaces), "X");
        // Without the description the layout is inferred from what is there.
        check(Anndata.read(source), matrix, query(atlas, "--field", "it"), "X");
    }

    private Anndata query(Path atlas, Object... options) {
        Path out = directory.resolve("out.h5ad");
        List<Object> command = new ArrayList<>(List.of("query", atlas, "--out", out));
        command.addAll(List.of(options));
        Hox.output(command.toArray());
        return Anndata.read(out);
    }

    private static void check(Anndata source, String sourceKey, Anndata read, String readKey) {
        assertThat(read.obs().get("obs_name")).isEqualTo(List.copyOf(source.obsNames()));
        source.obs()
                .forEach((column, values) ->
                        assertThat(read.obs().get(column)).as(column).isEqualTo(values));
        Map<String, Integer> featureOf = new TreeMap<>();
        read.varNames().forEach(feature -> featureOf.put(feature, featureOf.size()));
        if (!sourceKey.startsWith("raw/")) {
            for (int i = 0; i < source.varNames().size(); i++) {
                int row = featureOf.get(source.varNames().get(i));
                for (Map.Entry<String, List<Object>> column : source.var().entrySet()) {
                    assertThat(read.var().get(column.getKey()).get(row))
                            .as(column.getKey() + " of " + source.varNames().get(i))
                            .isEqualTo(column.getValue().get(i));
                }
            }
        }
        for (int i = 0; i < source.obsNames().size(); i++) {
            Map<String, Number> wanted =
                    source.matrix(sourceKey).get(source.obsNames().get(i));
            Map<String, Number> got = read.matrix(readKey).get(read.obsNames().get(i));
            assertThat(got).hasSameSizeAs(wanted);
            wanted.forEach((feature, value) ->
                    assertThat(got.get(feature).doubleValue()).isEqualTo(value.doubleValue()));
        }
    }
}
