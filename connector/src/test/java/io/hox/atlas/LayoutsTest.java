package io.hox.atlas;

import static io.hox.atlas.MadeTables.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hox.HoxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutsTest {
    @TempDir
    Path root;

    private AtlasView view() {
        try (Atlas atlas = Atlas.open(AtlasUri.resolve(root.toString(), null), Map.of())) {
            return atlas.view(atlas.latestSnapshot());
        }
    }

    private AtlasView viewOf(Object[]... layoutRows) {
        MadeTables made = new MadeTables(root);
        made.layouts(layoutRows);
        made.versions(0);
        return view();
    }

    @Test
    void rowsMayComeInAnyOrderAndTwice() {
        try (AtlasView view =
                viewOf(row("a", "f", 1L, 5L), row("b", "f", 0L, 5L), row("a", "g", 0L, 9L), row("a", "f", 1L, 5L))) {
            assertThat(view.remap("a")).containsExactly(9, 5);
            assertThat(view.remaps(List.of("b", "a"))).containsOnlyKeys("a", "b");
        }
    }

    @Test
    void aLayoutWithoutNumbersNamesTheRemedy() {
        try (AtlasView view = viewOf(row("a", "f", 0L, 5L), row("a", "g", 1L, null))) {
            assertThatThrownBy(() -> view.remap("a"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("layout a")
                    .hasMessageContaining("null global_index values (1 of 2 features)")
                    .hasMessageContaining("hox optimize");
        }
    }

    @Test
    void brokenLayoutsAreRefused() {
        try (AtlasView view = viewOf(
                row("gap", "f", 0L, 5L),
                row("gap", "g", 2L, 6L),
                row("hole", "f", 1L, 5L),
                row("hole", "g", 1L, 5L),
                row("torn", "f", 0L, 5L),
                row("torn", "g", 0L, 6L),
                row("huge", "f", 0L, 1L << 40),
                row("far", "f", 1L << 33, 0L),
                row("below", "f", -1L, 0L),
                row("minus", "f", 0L, -7L))) {
            for (String layout : List.of("gap", "hole", "torn", "huge", "far", "below", "minus", "absent", "")) {
                assertThatThrownBy(() -> view.remap(layout))
                        .as(layout)
                        .isInstanceOf(HoxException.class)
                        .hasMessageContaining("hox validate");
            }
        }
    }

    @Test
    void groupsMayBeRegisteredTwiceButNotWithTwoLayouts() {
        MadeTables made = new MadeTables(root);
        made.datasets(
                row("d1", "a", "gene_expression", "l1", "t"),
                row("d2", "a", "gene_expression", "l1", "t"),
                row("d3", "b", "gene_expression", "l1", "t"),
                row("d4", "b", "gene_expression", "l2", "t"),
                row("d4", "b", "protein_abundance", "l3", "t"),
                row("d5", "../out", "gene_expression", "l1", "t"));
        made.versions(0);
        try (AtlasView view = view()) {
            assertThat(view.dataset("gene_expression", "a").datasetUid()).isEqualTo("d1");
            assertThat(view.datasets())
                    .filteredOn(row -> row.zarrGroup().equals("a"))
                    .hasSize(2);
            assertThat(view.dataset("protein_abundance", "b").layoutUid()).isEqualTo("l3");
            assertThatThrownBy(() -> view.dataset("gene_expression", "b"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("two layouts, l1 and l2");
            assertThatThrownBy(() -> view.dataset("gene_expression", "c"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("'c'")
                    .hasMessageContaining("hox validate");
            assertThat(view.datasets()).hasSize(6);
            assertThatThrownBy(() -> view.layers(view.space("gene_expression"), "../out"))
                    .isInstanceOf(HoxException.class)
                    .hasMessageContaining("'../out'")
                    .hasMessageContaining("leaves the store");
            assertThatThrownBy(() -> view.groups("gene_expression")).hasMessageContaining("'../out'");
        }
    }

    @Test
    void datasetsWithFeaturesAreFoundExactly() {
        JsonNode cases = FixtureAtlases.json("pbmc_two_datasets", "find_datasets_with_features.json");
        try (AtlasView view = FixtureAtlases.view("pbmc_two_datasets", 1)) {
            cases.fields().forEachRemaining(example -> {
                List<String> uids = new ArrayList<>();
                example.getValue().get("uids").forEach(uid -> uids.add(uid.textValue()));
                List<String> expected = new ArrayList<>();
                example.getValue()
                        .get("exact")
                        .forEach(hit -> expected.add(hit.get("feature_uid").textValue() + " "
                                + hit.get("zarr_group").textValue() + " "
                                + hit.get("dataset_uid").textValue()));

                assertThat(view.datasetsWithFeatures("gene_expression", uids))
                        .as(example.getKey())
                        .extracting(
                                hit -> hit.featureUid() + " " + hit.dataset().zarrGroup() + " "
                                        + hit.dataset().datasetUid())
                        .containsExactlyInAnyOrderElementsOf(expected);
            });
        }
    }
}
