package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import io.hox.zarr.Compression;
import io.hox.zarr.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSpacesTest {

    @Test
    void sixSpacesAreBuiltIn() {
        assertThat(FeatureSpaces.builtIn().all())
                .extracting(FeatureSpace::name)
                .containsExactly(
                        "gene_expression",
                        "protein_abundance",
                        "image_features",
                        "chromatin_accessibility",
                        "image_tiles",
                        "discrete_image");
        assertThat(FeatureSpaces.builtIn().find("genes")).isNull();
    }

    @Test
    void onlyMatricesHaveCellsByFeatures() {
        assertThat(FeatureSpaces.builtIn().all())
                .filteredOn(FeatureSpace::isMatrix)
                .extracting(FeatureSpace::name)
                .containsExactly("gene_expression", "protein_abundance", "image_features");
    }

    @Test
    void geneExpressionIsCountsFirst() {
        FeatureSpace genes = FeatureSpaces.builtIn().find("gene_expression");

        assertThat(genes.indicesPath()).isEqualTo("csr/indices");
        assertThat(genes.layerPath("tpm")).isEqualTo("csr/layers/tpm");
        assertThat(genes.defaultLayers()).containsExactly("counts");
        assertThat(genes.layer("counts").encoding().compression(DataType.UINT32))
                .isEqualTo(Compression.bitpacked(io.hox.codec.Transform.NONE, 4));
        assertThat(genes.featureOriented().indicesPath()).isEqualTo("csc/indices");
        assertThatThrownBy(() -> genes.requireLayer("nonsense"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'nonsense'")
                .hasMessageContaining("counts, log_normalized, tpm");
    }

    @Test
    void aDescriptionNeedsLittle() {
        FeatureSpaces spaces = FeatureSpaces.builtIn()
                .with(FeatureSpaces.fromJson("{\"lognorm_rna\": {\"kind\": \"dense\"}, \"crops\":"
                        + " {\"kind\": \"discrete_spatial\", \"layers\": {\"raw\": {\"rank\": 2}}}}"));

        FeatureSpace dense = spaces.find("lognorm_rna");
        assertThat(dense.isMatrix()).isTrue();
        assertThat(dense.openLayers()).isTrue();
        assertThat(dense.layerPath("x")).isEqualTo("layers/x");
        assertThat(spaces.find("crops").hasFeatures()).isFalse();
        assertThat(spaces.find("crops").layer("raw").maxRank()).isEqualTo(2);
        assertThat(spaces.find("gene_expression")).isNotNull();
    }

    @Test
    void aDescriptionCanSayEverything() {
        FeatureSpace space = FeatureSpaces.fromJson(
                        """
                        {"genefull": {"kind": "sparse", "features": true, "indices": "full/idx", "layersPath": "full/layers",
                          "indicesTypes": ["uint64"], "openLayers": false, "layers": {
                            "UniqueAndMult-EM": {"types": ["float32"]},
                            "Unique": {"types": ["uint64", "uint32"], "required": true, "encoding": "bitpacked_delta"}}}}
                        """)
                .find("genefull");

        assertThat(space.indicesPath()).isEqualTo("full/idx");
        assertThat(space.arrays().get(0).types()).containsExactly(DataType.UINT64);
        assertThat(space.layers()).extracting(LayerSpec::name).containsExactly("Unique", "UniqueAndMult-EM");
        assertThat(space.layer("Unique"))
                .isEqualTo(new LayerSpec(
                        "Unique", true, 1, 1, List.of(DataType.UINT64, DataType.UINT32), Encoding.PACKED_DELTA));
        assertThat(space.layer("Unique").encoding().compression(DataType.UINT64))
                .isEqualTo(Compression.bitpacked(io.hox.codec.Transform.DELTA, 8));
        assertThat(space.layer("UniqueAndMult-EM").encoding()).isEqualTo(Encoding.ZSTD);
        assertThat(space.openLayers()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | is not JSON",
                "[] | must be a JSON object",
                "{\"a\": {}} | feature space 'a': 'kind' is missing",
                "{\"a\": {\"kind\": \"spares\"}} | it must be sparse, dense or discrete_spatial",
                "{\"a\": {\"kind\": \"dense\", \"layer\": 1}} | unknown member 'layer'",
                "{\"a\": {\"kind\": \"dense\", \"indices\": \"x\"}} | only a sparse space",
                "{\"a\": {\"kind\": \"dense\", \"features\": 1}} | must be true or false",
                "{\"a\": {\"kind\": \"dense\", \"layersPath\": \"../x\"}} | leaves the store",
                "{\"a\": {\"kind\": \"dense\", \"layers\": {\"x/..\": {}}}} | leaves the store",
                "{\"a\": {\"kind\": \"dense\", \"layers\": {\"x\": {\"types\": [\"half\"]}}}} | unknown type \"half\"",
                "{\"a\": {\"kind\": \"dense\", \"layers\": {\"x\": {\"encoding\": \"gzip\"}}}} | known are zstd, bitpacked",
                "{\"a\": {\"kind\": \"sparse\", \"layers\": {\"x\": {\"rank\": 2}}}} | must be between 1 and 1"
            })
    void aWrongDescriptionNamesTheMember(String json, String message) {
        assertThatThrownBy(() -> FeatureSpaces.fromJson(json))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT32, INT32, FLOAT64",
        "FLOAT32, UINT16, FLOAT32",
        "UINT8, FLOAT32, FLOAT32",
        "UINT16, UINT32, UINT32",
        "INT32, UINT32, INT64",
        "INT64, UINT64, FLOAT64",
        "UINT64, INT8, FLOAT64",
        "INT16, UINT8, INT16",
        "BOOL, UINT8, UINT8",
        "FLOAT64, BOOL, FLOAT64",
        "UINT32, UINT32, UINT32"
    })
    void typesArePromotedAsNumpyDoes(DataType a, DataType b, DataType common) {
        assertThat(Promotion.common(a, b)).isEqualTo(common);
        assertThat(Promotion.common(b, a)).isEqualTo(common);
        assertThat(Promotion.common(null, a)).isEqualTo(a);
        assertThat(Promotion.common(a, null)).isEqualTo(a);
    }

    @Test
    void nearNamesComeNearestFirst() {
        List<String> genes = java.util.Arrays.asList("CD3D", "CD3E", "CD30", null, "MS4A1", "cd3g", "ACTB");

        assertThat(NearNames.find("CD3G", genes, 3)).containsExactly("cd3g", "CD3D", "CD3E");
        assertThat(NearNames.find("MSA41", genes, 3)).containsExactly("MS4A1");
        assertThat(NearNames.find("GAPDH", genes, 3)).isEmpty();
        assertThat(NearNames.find("", genes, 3)).isEmpty();
        assertThat(NearNames.find("ENSG00000139618", List.of("ENSG00000139618.2"), 1))
                .containsExactly("ENSG00000139618.2");
    }
}
