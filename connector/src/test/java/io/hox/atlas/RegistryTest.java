package io.hox.atlas;

import static io.hox.atlas.MadeTables.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hox.HoxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    @TempDir
    Path root;

    private AtlasView view;
    private Registry registry;

    @BeforeEach
    void makeRegistry() {
        MadeTables made = new MadeTables(root);
        made.registry(
                row("u0", 2L, "CD3D", "ENSG00000167286", 100L),
                row("u1", 0L, "CD3E", "ENSG00000198851", 200L),
                row("u2", 1L, "CD19", "ENSG00000177455", null),
                row("u3", 7L, "CD3E", "ENSG00000000003", 100L),
                row("u4", null, "MS4A1", null, 5L));
        made.versions(0);
        try (Atlas atlas = Atlas.open(AtlasUri.resolve(root.toString(), null), Map.of())) {
            view = atlas.view(atlas.latestSnapshot());
        }
        registry = view.registry("gene_expression");
    }

    @AfterEach
    void close() {
        view.close();
    }

    @Test
    void featuresAreFoundByAnyColumn() {
        assertThat(registry.keys()).containsExactly("uid", "symbol", "ensembl", "length");
        assertThat(registry.find("symbol", "CD19")).containsExactly(2);
        assertThat(registry.find("symbol", "CD3E")).containsExactly(1, 3);
        assertThat(registry.find("length", "100")).containsExactly(0, 3);
        assertThat(registry.find("uid", "CD19")).isEmpty();
        assertThat(registry.rowOf("u3")).isEqualTo(3);
        assertThat(registry.rowOf("nobody")).isEqualTo(-1);
    }

    @Test
    void featuresAreFoundByTheirNumber() {
        assertThat(registry.rowOf(7)).isEqualTo(3);
        assertThat(registry.rowOf(3)).isEqualTo(-1);
        assertThat(registry.rowOf(-1)).isEqualTo(-1);
        assertThat(registry.rowOf(8)).isEqualTo(-1);
        assertThat(registry.globalIndex(4)).isEqualTo(Registry.UNNUMBERED);
    }

    @Test
    void aPanelBecomesAscendingDistinctNumbers() {
        assertThat(registry.globalIndices(List.of("CD3D", "CD19", "CD3E", "CD3D"), "symbol"))
                .containsExactly(0, 1, 2, 7);
        assertThat(registry.globalIndices(List.of(), "symbol")).isEmpty();
    }

    @Test
    void anUnknownNameGetsNearOnes() {
        assertThatThrownBy(() -> registry.globalIndices(List.of("CD3G"), "symbol"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("unknown feature in column symbol")
                .hasMessageContaining("'CD3G' (did you mean CD3D, CD3E?)");
    }

    @Test
    void anUnknownNameThatAnotherColumnHoldsIsSentThere() {
        assertThatThrownBy(() -> registry.globalIndices(List.of("CD19", "u0"), "uid"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'CD19' (is a value of symbol: give that column as the feature key)")
                .hasMessageContaining("Feature keys are: uid, symbol, ensembl, length");
        assertThat(registry.columnsContaining("100")).containsExactly("length");
    }

    @Test
    void manyUnknownNamesAreCountedAndCut() {
        assertThatThrownBy(() -> registry.globalIndices(List.of("a", "b", "c", "d", "e", "f", "g"), "symbol"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("7 unknown features")
                .hasMessageContaining("'e', ...");
    }

    @Test
    void anUnknownKeyListsTheColumns() {
        assertThatThrownBy(() -> registry.find("symbl", "CD19"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("no column 'symbl', did you mean symbol?");
    }

    @Test
    void aFeatureWithoutNumberNamesTheRemedy() {
        assertThatThrownBy(() -> registry.globalIndices(List.of("MS4A1"), "symbol"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'MS4A1'")
                .hasMessageContaining("hox optimize");
    }

    @Test
    void anUnknownSpaceListsThoseWithARegistry() {
        assertThatThrownBy(() -> view.registry("protein_abundance"))
                .isInstanceOf(HoxException.class)
                .hasMessageContaining("'protein_abundance' has no registry")
                .hasMessageEndingWith("gene_expression");
    }
}
