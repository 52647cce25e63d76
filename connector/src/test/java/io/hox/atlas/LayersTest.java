package io.hox.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.hox.zarr.DataType;
import org.junit.jupiter.api.Test;

class LayersTest {

    @Test
    void aReadSeesTheLayersOfAllGroupsRequiredOnesFirst() {
        try (AtlasView view = FixtureAtlases.view("multimodal", 0)) {
            FeatureSpace protein = view.space("protein_abundance");

            assertThat(view.layers(protein, "m1/adt")).containsExactly("counts");
            assertThat(view.layerTypes(protein))
                    .containsExactly(
                            new LayerType("counts", DataType.UINT32),
                            new LayerType("clr_normalized", DataType.FLOAT32));
        }
    }

    @Test
    void countsOfTheFirstGenerationTakeTheCommonTypeOfTheirGroups() {
        try (AtlasView view = FixtureAtlases.view("g1_lancell", 0)) {
            assertThat(view.layerTypes(view.space("gene_expression")))
                    .containsExactly(new LayerType("counts", DataType.FLOAT64));
        }
    }

    @Test
    void theFirstGenerationKeepsFragmentsAndTilesUnderOtherNames() {
        try (AtlasView view = FixtureAtlases.view("g1c_homeobox023", 0)) {
            FeatureSpace fragments = view.space("chromatin_accessibility");
            FeatureSpace tiles = view.space("image_tiles");

            assertThat(fragments.indicesPath()).isEqualTo("cell_sorted/chromosomes");
            assertThat(fragments.layerPath("starts")).isEqualTo("cell_sorted/starts");
            assertThat(view.layers(fragments, "d5_chromatin_accessibility")).containsExactly("lengths", "starts");
            assertThat(tiles.layerPath("data")).isEqualTo("data");
            assertThat(view.layers(tiles, "d7_image_tiles")).containsExactly("data");
        }
    }

    @Test
    void pixelsOfDifferentTypesBecomeFloats() {
        try (AtlasView view = FixtureAtlases.view("images", 0)) {
            assertThat(view.layerTypes(view.space("image_tiles")))
                    .containsExactly(new LayerType("raw", DataType.FLOAT32));
            assertThat(view.layerTypes(view.space("discrete_image")))
                    .extracting(LayerType::name)
                    .containsExactly("raw", "semantic_masks", "instance_masks");
        }
    }

    @Test
    void spacesThatNobodyDescribedAreInferredFromTheirArrays() {
        try (AtlasView view = FixtureAtlases.view("custom_space", 0)) {
            FeatureSpace counts = view.space("long_counts");
            FeatureSpace dense = view.space("lognorm_rna");

            assertThat(counts.kind()).isEqualTo(PointerKind.SPARSE);
            assertThat(counts.indicesPath()).isEqualTo("csr/indices");
            assertThat(counts.hasFeatures()).isTrue();
            assertThat(view.layerTypes(counts))
                    .containsExactly(
                            new LayerType("Unique", DataType.UINT64),
                            new LayerType("UniqueAndMult-EM", DataType.FLOAT32),
                            new LayerType("positions", DataType.UINT64));
            assertThat(dense.kind()).isEqualTo(PointerKind.DENSE);
            assertThat(dense.layerPath("log_normalized")).isEqualTo("layers/log_normalized");
            assertThat(view.registry("long_counts")).isSameAs(view.registry("lognorm_rna"));
        }
    }
}
